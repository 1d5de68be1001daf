"""A TensorFlow-Serving-compatible model server for machines without Docker.

From the inside out: `discovery`, `model_config`, `lifecycle`, `records`, `manager` and `core` decide what
is served; `tensors`, `predict`, `examples`, `batching` and the ``json_*`` modules what a request means;
`saved_model`, `warmup` and `loading` are TensorFlow; `service`, `grpc_edge`, `rest` and `rest_edge` are
the edges; `flags`, `text_protos` and `platforms` what it is told; `server` puts it together.
"""

VERSION = "0.1.0"
