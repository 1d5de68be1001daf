"""SavedModels as other programs write them: Keras, ragged tensors, TensorFlow 1 with assets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

v1 = tf.compat.v1
ANIMALS = ("cat", "dog", "owl")


def functional(path: Path) -> Path:
    """`model.export` of a functional Keras model: inputs age and city (strings), outputs score and hidden.

    hidden = [age, index of the city], with 0 for a city that is not known; score = age + 10 · index.
    """
    age = keras.Input((1,), name="age")
    city = keras.Input((1,), dtype="string", name="city")
    known = keras.layers.StringLookup(vocabulary=["oslo", "rome"], name="lookup")(city)
    index = keras.layers.Rescaling(1.0, name="as_float")(known)
    hidden = keras.layers.Concatenate(name="joined")([age, index])
    score = keras.layers.Dense(1, use_bias=False, name="weighted")
    model = keras.Model({"age": age, "city": city}, {"score": score(hidden), "hidden": hidden})
    score.set_weights([tf.constant([[1.0], [10.0]]).numpy()])
    model.export(str(path), verbose=False)
    return path


class _Composite(tf.Module):  # type: ignore[misc]
    @tf.function(input_signature=[tf.RaggedTensorSpec([None, None], tf.float32)])  # type: ignore[untyped-decorator]
    def ragged(self, rows: Any) -> Any:
        return {"total": tf.reduce_sum(rows, axis=1), "doubled": rows * 2}

    @tf.function(input_signature=[tf.SparseTensorSpec([None, None], tf.float32)])  # type: ignore[untyped-decorator]
    def sparse(self, cells: Any) -> Any:
        return {"dense": tf.sparse.to_dense(cells)}


def composite(path: Path) -> Path:
    """Ragged and sparse inputs, which signatures take by their components, and a ragged output."""
    module = _Composite()
    tf.saved_model.save(
        module, str(path), signatures={"serving_default": module.ragged, "sparse": module.sparse}
    )
    return path


class _Optional(tf.Module):  # type: ignore[misc]
    @tf.function(  # type: ignore[untyped-decorator]
        input_signature=[
            tf.TensorSpec([None], tf.float32, name="x"),
            tf.TensorSpec([], tf.float32, name="scale"),
        ]
    )
    def scaled(self, x: Any, scale: Any = tf.constant(2.0)) -> Any:  # noqa: B008 - it becomes the signature's
        return {"y": x * scale}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32, name="x")], jit_compile=True)  # type: ignore[untyped-decorator]
    def compiled(self, x: Any) -> Any:
        return {"y": x * x + 1}


def optional(path: Path) -> Path:
    """An input with a default value, and a function that XLA compiles."""
    module = _Optional()
    tf.saved_model.save(
        module, str(path), signatures={"serving_default": module.scaled, "compiled": module.compiled}
    )
    return path


def vocabulary(path: Path, *, by_legacy_init_op: bool = False) -> Path:
    """TensorFlow 1: a table that an initialisation operation fills from an asset; three signatures.

    `classify` names and scores the animals that are known, `sparse` answers with a sparse tensor.
    """
    words = path.with_name(f"{path.name}-animals.txt")
    words.parent.mkdir(parents=True, exist_ok=True)
    words.write_text("\n".join(ANIMALS))
    with tf.Graph().as_default(), v1.Session() as session:
        asset = tf.constant(str(words), name="animals_file")
        v1.add_to_collection(v1.GraphKeys.ASSET_FILEPATHS, asset)
        table = tf.lookup.StaticVocabularyTable(
            tf.lookup.TextFileInitializer(
                asset,
                tf.string,
                tf.lookup.TextFileIndex.WHOLE_LINE,
                tf.int64,
                tf.lookup.TextFileIndex.LINE_NUMBER,
            ),
            num_oov_buckets=1,
        )
        word = v1.placeholder(tf.string, [None], name="word")
        counts = v1.Variable([[0.5, 0.25, 0.125]], name="scores", use_resource=False)
        index = tf.identity(table.lookup(word), name="index")
        one_hot = tf.one_hot(index, len(ANIMALS))
        scores = tf.multiply(one_hot, counts, name="score")
        names = tf.tile(tf.constant([list(ANIMALS)]), [tf.shape(word)[0], 1], name="names")
        cells = tf.sparse.from_dense(one_hot)
        session.run([v1.global_variables_initializer(), v1.tables_initializer()])
        info = v1.saved_model.build_tensor_info
        make = v1.saved_model.build_signature_def
        # As in version 1 of the format, the operation is in a collection.
        init = v1.tables_initializer(name="fill_tables")
        builder = v1.saved_model.Builder(str(path))
        builder.add_meta_graph_and_variables(
            session,
            ["serve"],
            signature_def_map={
                "serving_default": make(
                    {"word": info(word)},
                    {"index": info(index), "word": info(tf.identity(word))},
                    "tensorflow/serving/predict",
                ),
                "classify": make(
                    {"inputs": info(word)},
                    {"classes": info(names), "scores": info(scores)},
                    "tensorflow/serving/classify",
                ),
                "sparse": make(
                    {"word": info(word)},
                    {"cells": info(cells), "index": info(index)},
                    "tensorflow/serving/predict",
                ),
            },
            assets_collection=v1.get_collection(v1.GraphKeys.ASSET_FILEPATHS),
            **({"legacy_init_op": init} if by_legacy_init_op else {"main_op": init}),
        )
        builder.save()
    words.unlink()
    return path
