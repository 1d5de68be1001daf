"""A TensorFlow-Serving-compatible model server for machines without Docker.

From the inside out: `discovery`, `model_config`, `lifecycle`, `manager` and `core` decide what is served;
`tensors`, `predict`, `batching`, `json_requests` and `json_responses` what a request means; `saved_model`,
`warmup` and `loading` are TensorFlow; `service`, `grpc_edge` and `rest` are the edges; `server` puts it
together.
"""

VERSION = "0.1.0"
