"""A TensorFlow-Serving-compatible model server for machines without Docker.

From the bottom up: `base` has errors, tensors and metrics, `config` reads flags and configuration files,
`lifecycle` decides which versions are loaded, `api` answers requests as protobuf messages, `runtime` loads
and runs SavedModels, and `edges` speaks gRPC and REST. `server` puts them together.
"""

VERSION = "0.1.0"
