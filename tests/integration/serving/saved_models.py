"""SavedModels of both styles, made for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tensorflow as tf

# The metric and checkpoint code of tf.compat.v1 warns that it is deprecated; here it is used on purpose.
v1 = tf.compat.v1


def half_plus_two(path: Path, half: float = 0.5, two: float = 2.0) -> Path:
    """TensorFlow 1 style, as TensorFlow Serving's example: y = half · x + two, variables of their own."""
    with tf.Graph().as_default(), v1.Session() as session:
        a = v1.Variable(half, name="a", use_resource=False)
        b = v1.Variable(two, name="b", use_resource=False)
        examples = v1.placeholder(tf.string, [None], name="examples")
        parsed = v1.parse_example(examples, {"x": tf.io.FixedLenFeature([1], tf.float32)})
        x = tf.identity(parsed["x"], name="x")
        y = tf.add(tf.multiply(a, x), b, name="y")
        session.run(v1.global_variables_initializer())
        info = v1.saved_model.build_tensor_info
        make = v1.saved_model.build_signature_def
        builder = v1.saved_model.Builder(str(path))
        builder.add_meta_graph_and_variables(
            session,
            ["serve"],
            signature_def_map={
                "serving_default": make({"x": info(x)}, {"y": info(y)}, "tensorflow/serving/predict"),
                "classify_x_to_y": make(
                    {"inputs": info(examples)}, {"scores": info(y)}, "tensorflow/serving/classify"
                ),
                "regress_x_to_y": make(
                    {"inputs": info(examples)}, {"outputs": info(y)}, "tensorflow/serving/regress"
                ),
            },
        )
        builder.save()
    return path


class _Workshop(tf.Module):  # type: ignore[misc]
    """TensorFlow 2 style: several signatures, several types."""

    def __init__(self) -> None:
        super().__init__()
        self.kernel = tf.Variable(tf.ones([8, 4]), name="kernel")
        self.table = tf.lookup.StaticHashTable(
            tf.lookup.KeyValueTensorInitializer(["cat", "dog"], tf.constant([1, 2], tf.int64)), -1
        )

    @tf.function(input_signature=[tf.TensorSpec([None, 8], tf.float32, name="x")])  # type: ignore[untyped-decorator]
    def matmul(self, x: Any) -> Any:
        return {"y": tf.matmul(x, self.kernel)}

    @tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32, name="z")])  # type: ignore[untyped-decorator]
    def image(self, z: Any) -> Any:
        grey = tf.cast(tf.clip_by_value(z[:, :1] * 255, 0, 255), tf.uint8)
        picture = tf.tile(grey[:, :, None, None], [1, 4, 4, 1])
        return {"image": picture, "class_id": tf.argmax(z, -1, output_type=tf.int32)}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="word")])  # type: ignore[untyped-decorator]
    def look_up(self, word: Any) -> Any:
        return {"id": self.table.lookup(word), "known": self.table.lookup(word) >= 0, "word_bytes": word}

    @tf.function(  # type: ignore[untyped-decorator]
        input_signature=[
            tf.TensorSpec([None], tf.float32, name="a"),
            tf.TensorSpec([None], tf.float32, name="b"),
        ]
    )
    def add(self, a: Any, b: Any) -> Any:
        return {"sum": a + b, "difference": a - b}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32, name="x")])  # type: ignore[untyped-decorator]
    def total(self, x: Any) -> Any:
        return {"total": tf.reduce_sum(x)}

    @tf.function(input_signature=[tf.TensorSpec([], tf.int32, name="steps")])  # type: ignore[untyped-decorator]
    def slow(self, steps: Any) -> Any:
        value = tf.zeros([200, 200])
        for _ in tf.range(steps):
            value = tf.matmul(value, value)
        return {"y": value[0]}


def workshop(path: Path) -> Path:
    """Several signatures; `serving_default` is `matmul`."""
    module = _Workshop()
    tf.saved_model.save(
        module,
        str(path),
        signatures={
            "serving_default": module.matmul,
            "image": module.image,
            "look_up": module.look_up,
            "add": module.add,
            "total": module.total,
            "slow": module.slow,
        },
    )
    return path


def constant(path: Path, value: float) -> Path:
    """A model that always answers with the same number, so that its versions are easy to tell apart."""
    return half_plus_two(path, 0.0, float(value))
