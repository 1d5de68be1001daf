"""Generated from proto/ by `python -m services.gateway.generate_stubs`; do not edit.

The messages live in a pool of their own: TensorFlow brings other definitions of the same names, and one
pool can hold one of each.
"""

from google.protobuf import descriptor_pool, wrappers_pb2

POOL = descriptor_pool.DescriptorPool()
POOL.AddSerializedFile(wrappers_pb2.DESCRIPTOR.serialized_pb)
