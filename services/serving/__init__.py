"""A TensorFlow-Serving-compatible model server for machines without Docker.

Inside out: `discovery`, `model_config`, `lifecycle`, `manager`, `core` decide what is served;
`tensors`, `predict`, `batching`, `json_tensors` what a request means; `saved_model`, `warmup`, `loading`
are TensorFlow; `service`, `grpc_edge`, `rest` are the edges; `server` puts it together.
"""

VERSION = "0.1.0"
