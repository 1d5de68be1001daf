/** Code that calls a model, ready to be copied. */
import type { ModelView } from "../../api/types.ts";

export interface Snippet {
  readonly id: "python" | "curl" | "grpc" | "local";
  readonly title: string;
  /** What it needs before it runs. */
  readonly needs: string;
  readonly code: string;
}

type Called = Pick<ModelView, "name" | "latent_dim" | "conditional">;

/** @param origin address of the gateway, without a slash at its end. */
export function snippetsOf(model: Called, version: number, origin: string): Snippet[] {
  const points = [exampleOf(model.latent_dim, 0.5), exampleOf(model.latent_dim, -0.5)];
  return [python(model, version, origin, points), curl(model, version, origin, points)].concat(
    grpc(model, version, points),
    local(model, version, points),
  );
}

function exampleOf(dim: number, first: number): number[] {
  return Array.from({ length: dim }, (_, axis) => (axis === 0 ? first : axis === 1 ? -0.25 : 0));
}

function python(
  { name, conditional }: Called,
  version: number,
  origin: string,
  points: number[][],
): Snippet {
  const labels = conditional ? `, "labels": [0, 1]` : "";
  return {
    id: "python",
    title: "Python",
    needs: "pip install httpx numpy",
    code: `import io

import httpx
import numpy as np

api = httpx.Client(base_url="${origin}/v1", timeout=60)
# If the gateway needs a key: headers={"Authorization": "Bearer <key>"}

points = ${written(points)}
question = {"points": points, "version": ${version}${labels}}

# Which class is each image, and how sure is the classifier?
answer = api.post("/models/${name}/generate", json=question).raise_for_status().json()
for point, found in zip(points, answer["classes"]):
    print(point, found["label"], found["probability"])

# The images themselves: uint8[n, height, width, channels]
response = api.post(
    "/models/${name}/generate", json=question, headers={"Accept": "application/x-npy"}
).raise_for_status()
images = np.load(io.BytesIO(response.content))
print(images.shape)
`,
  };
}

function curl({ name, conditional }: Called, version: number, origin: string, points: number[][]): Snippet {
  const labels = conditional ? `, "labels": [0, 1]` : "";
  const body = `{"points": ${written(points)}, "version": ${version}${labels}}`;
  return {
    id: "curl",
    title: "curl",
    needs: `if the gateway needs a key: -H "Authorization: Bearer <key>"`,
    code: `# Images of two points, as one sheet
curl -H "Content-Type: application/json" -H "Accept: image/png" \\
  -d '${body}' \\
  "${origin}/v1/models/${name}/generate" -o images.png

# The class map of the latent space
curl -H "Accept: image/png" \\
  "${origin}/v1/models/${name}/map?version=${version}&resolution=200&scale=4${conditional ? "&label=0" : ""}" -o map.png

# This version as a SavedModel
curl "${origin}/v1/models/${name}/versions/${version}/download" -o ${name}-${version}.zip
`,
  };
}

function grpc({ name, conditional }: Called, version: number, points: number[][]): Snippet {
  const label = conditional
    ? `request.inputs["label"].CopyFrom(tf.make_tensor_proto(np.array([0, 1], np.int32)))\n`
    : "";
  return {
    id: "grpc",
    title: "gRPC",
    needs:
      "pip install tensorflow-serving-api; run it inside the network, since the model server is not reachable from outside",
    code: `import grpc
import numpy as np
import tensorflow as tf
from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

channel = grpc.insecure_channel("127.0.0.1:8500")
server = prediction_service_pb2_grpc.PredictionServiceStub(channel)

request = predict_pb2.PredictRequest()
request.model_spec.name = "${name}"
request.model_spec.version.value = ${version}
request.model_spec.signature_name = "generate"
points = np.array(${written(points)}, np.float32)
request.inputs["z"].CopyFrom(tf.make_tensor_proto(points))
${label}
answer = server.Predict(request, timeout=60)
images = tf.make_ndarray(answer.outputs["image"])  # uint8[n, height, width, channels]
classes = tf.make_ndarray(answer.outputs["class_id"])  # int32[n]
print(images.shape, classes)
`,
  };
}

function local({ name, conditional }: Called, version: number, points: number[][]): Snippet {
  const label = conditional ? ", label=tf.constant([0, 1], tf.int32)" : "";
  return {
    id: "local",
    title: "Without a server",
    needs: `pip install tensorflow; unzip ${name}-${version}.zip`,
    code: `import tensorflow as tf

model = tf.saved_model.load("${name}/${version}")
generate = model.signatures["generate"]
points = tf.constant(${written(points)}, tf.float32)
answer = generate(z=points${label})
print(answer["image"].shape, answer["class_id"].numpy())
`,
  };
}

/** In a syntax that is valid in both Python and JSON. */
function written(points: number[][]): string {
  return `[${points.map((point) => `[${point.join(", ")}]`).join(", ")}]`;
}
