"""From the shown generator and the classifier to one SavedModel with its signatures, card and warm-up."""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from services.contracts import signatures as names
from services.contracts.errors import StorageFailed
from services.contracts.runs.events import EpochFigures
from services.contracts.signatures import LayerCard, ModelCard
from services.contracts.training.spec import TrainingSpec
from services.store import files
from services.trainer.backend import tf
from services.trainer.data.datasets import Dataset
from services.trainer.data.pixels import to_pixels, to_range
from services.trainer.evaluation.classifier import Classifier
from services.trainer.exhibit.shown import Shown, sample
from services.trainer.networks.models import Tap
from services.trainer.training.report import libraries

_WARM_UP_BATCHES = {
    names.GENERATE: (1, 64),
    names.CLASSIFY: (1, 250),
    names.ACTIVATIONS: (1,),
    names.ABLATE: (1,),
}


class Exporter:
    """Writes versions of one run's model. The functions are traced once and hold the weights of `shown`."""

    def __init__(
        self, spec: TrainingSpec, dataset: Dataset, classifier: Classifier, shown: Shown, precision: str
    ) -> None:
        """Bind the parts.

        Args:
            spec: of the run.
            dataset: for the names of the classes.
            classifier: for the card.
            shown: networks to export, with the weights that they have when `write` is called.
            precision: for the card.
        """
        self._spec, self._dataset, self._classifier = spec, dataset, classifier
        self._shown, self._precision = shown, precision
        self._stages = shown.generator.table.stages
        self._module: Any = None
        self._signatures: dict[str, Any] = {}

    def write(self, folder: Path, figures: EpochFigures) -> None:
        """Fill an empty folder with the version of the epoch that `figures` describe."""
        if self._module is None:
            self._module, self._signatures = self._trace()
        card = self.card(figures)
        for part in self._module.derived:
            part.export = card.uid
        with files.storage(folder):
            try:
                tf.saved_model.save(
                    self._module,
                    str(folder),
                    signatures=self._signatures,
                    options=tf.saved_model.SaveOptions(experimental_custom_gradients=False),
                )
                files.write_bytes(folder / names.CARD_FILE, card.model_dump_json(indent=1).encode())
                self._write_warm_up(folder / names.WARMUP_FILE)
            except tf.errors.OpError as error:
                # TensorFlow writes by itself, and has errors of its own for a full disk.
                full = os.strerror(errno.ENOSPC) in error.message
                reason = "the disk is full" if full else error.message
                raise StorageFailed(
                    f"Cannot write {folder}: {reason}.",
                    told="Cannot write the exported version" + (": the disk is full." if full else "."),
                ) from error

    def card(self, figures: EpochFigures) -> ModelCard:
        """What the version says of itself."""
        spec = self._spec
        return ModelCard(
            uid=uuid.uuid4().hex,
            name=spec.name,
            version=figures.epoch,
            run=spec.name,
            dataset=spec.dataset,
            latent_dim=spec.latent.dim,
            prior=spec.latent.prior,
            conditional=spec.conditional,
            classes=self._dataset.classes,
            image_shape=self._dataset.image_shape,
            layers=tuple(LayerCard(name=name, shape=shape) for name, shape in self._stages.items()),
            precision=self._precision,
            classifier_sha256=self._classifier.sha256,
            classifier_accuracy=self._classifier.accuracy,
            spec=spec,
            metrics=figures.model_dump(mode="json"),
            created=datetime.now(UTC).isoformat(),
            libraries=libraries(),
        )

    # Signatures -----------------------------------------------------------------------

    def _trace(self) -> tuple[Any, dict[str, Any]]:
        inputs = [tf.TensorSpec([None, self._spec.latent.dim], tf.float32, names.Z)]
        if self._spec.conditional:
            inputs.append(tf.TensorSpec([None], tf.int32, names.LABEL))
        # Of any rank that broadcasts against (n, h, w, c).
        gains = [tf.TensorSpec(None, tf.float32, names.gain_input(name)) for name in self._stages]

        def traced(function: Callable[..., dict[str, Any]], given: list[Any]) -> Any:
            return tf.function(function, autograph=False).get_concrete_function(*given)

        generate = traced(self._generate, inputs)
        signatures = {
            names.GENERATE: generate,
            names.DEFAULT: generate,
            names.CLASSIFY: traced(self._classify, inputs),
            names.ACTIVATIONS: traced(self._activations, inputs),
            names.ABLATE: traced(self._ablate, [*inputs, *gains]),
        }
        module = tf.Module()
        # The variables alone, and those that are asked for anything: tracked as layers, they would bring
        # Keras' own functions along.
        used = {id(variable): variable for s in signatures.values() for variable in s.variables}
        module.derived = self._shown.generator.derived
        used |= {id(part.weight): part.weight for part in module.derived}
        module.held = list(used.values())
        return module, signatures

    def _image(self, z: Any, label: Any | None, tap: Tap | None = None) -> Any:
        return to_pixels(self._shown.generator(z, label, tap=tap))

    def _named(self, image: Any) -> dict[str, Any]:
        probabilities = tf.nn.softmax(self._shown.judge(to_range(image)))
        return {
            names.CLASS_ID: tf.argmax(probabilities, axis=1, output_type=tf.int32),
            names.CLASS_PROBABILITY: tf.reduce_max(probabilities, axis=1),
        }

    def _generate(self, z: Any, label: Any | None = None) -> dict[str, Any]:
        image = self._image(z, label)
        return {names.IMAGE: image, **self._named(image)}

    def _classify(self, z: Any, label: Any | None = None) -> dict[str, Any]:
        return self._named(self._image(z, label))

    def _activations(self, z: Any, label: Any | None = None) -> dict[str, Any]:
        seen: dict[str, Any] = {}

        def keep(name: str, output: Any) -> Any:
            seen[name] = tf.cast(output, tf.float32)
            return output

        image = self._image(z, label, keep)
        return {names.IMAGE: image, names.CLASS_ID: self._named(image)[names.CLASS_ID], **seen}

    def _ablate(self, z: Any, *rest: Any) -> dict[str, Any]:
        label, given = (rest[0], rest[1:]) if self._spec.conditional else (None, rest)
        gains = dict(zip(self._stages, given, strict=True))

        def scale(name: str, output: Any) -> Any:
            scaled = output * tf.cast(gains[name], output.dtype)
            return tf.ensure_shape(scaled, output.shape)

        image = self._image(z, label, scale)
        return {names.IMAGE: image, **self._named(image)}

    # Warm-up --------------------------------------------------------------------------

    def _write_warm_up(self, path: Path) -> None:
        """A few requests that a server answers before it announces the version."""
        from tensorflow_serving.apis import prediction_log_pb2

        with tf.io.TFRecordWriter(str(path)) as writer:
            for signature, batches in _WARM_UP_BATCHES.items():
                for count in batches:
                    log = prediction_log_pb2.PredictionLog()
                    request = log.predict_log.request
                    request.model_spec.name = self._spec.name
                    request.model_spec.signature_name = signature
                    for name, array in self._example(signature, count).items():
                        request.inputs[name].CopyFrom(tf.make_tensor_proto(array))
                    writer.write(log.SerializeToString())

    def _example(self, signature: str, count: int) -> dict[str, Any]:
        example: dict[str, Any] = {names.Z: sample(self._spec, count, seed=0)}
        if self._spec.conditional:
            example[names.LABEL] = np.arange(count, dtype=np.int32) % len(self._dataset.classes)
        if signature == names.ABLATE:
            example |= {names.gain_input(name): np.ones((1, 1, 1, 1), np.float32) for name in self._stages}
        return example
