"""From the networks that are shown to one SavedModel with its signatures, card and warm-up."""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from services.contracts import signatures as names
from services.contracts.errors import StorageFailed
from services.contracts.runs.events import EpochFigures
from services.contracts.signatures import LayerCard, ModelCard, RealImagesCard, TwoSampleCard
from services.contracts.themes import THEMES
from services.contracts.training.lineage import Ancestor
from services.contracts.training.spec import TrainingSpec
from services.kit.real_images import RealImages
from services.store import files
from services.store.references import ReferenceStore
from services.trainer.backend import tf
from services.trainer.data.datasets import Dataset
from services.trainer.evaluation.classifier import Classifier
from services.trainer.exhibit.judges import Judges
from services.trainer.exhibit.shown import sample
from services.trainer.themes.functions import FUNCTIONS, UNHURRIED, Function
from services.trainer.themes.networks import Gains, Networks
from services.trainer.themes.training_images import TrainingImages
from services.trainer.training.report import libraries
from services.trainer.training.saved_models import SavedModels

_WARM_UP_BATCHES = {
    names.GENERATE: (1, 64),
    names.CLASSIFY: (1, 250),
    names.ACTIVATIONS: (1,),
    names.ABLATE: (1,),
    names.JUDGE: (1,),
    **{names.theme_signature(theme): (1,) for theme in FUNCTIONS if theme not in UNHURRIED},
}


class Exporter:
    """Writes versions of one run's model. The functions are traced once, with the weights of `judges`."""

    def __init__(
        self,
        spec: TrainingSpec,
        dataset: Dataset,
        classifier: Classifier,
        judges: Judges,
        precision: str,
        references: ReferenceStore | None = None,
        lineage: tuple[Ancestor, ...] = (),
    ) -> None:
        """Bind the parts.

        Args:
            spec: of the run.
            dataset: for the names of the classes and the training images.
            classifier: for the card.
            judges: networks to export, and the generator that they judge, with the weights that they have
                when `write` is called.
            precision: for the card.
            references: where versions share the training images; None: each keeps its own.
            lineage: of the run, for the card.
        """
        self._lineage = lineage
        self._spec, self._dataset, self._classifier = spec, dataset, classifier
        self._judges, self._precision = judges, precision
        self._stages = judges.shown.generator.table.stages
        self._networks = Networks(judges, TrainingImages(dataset, references))
        self._saved_models: SavedModels | None = None

    def write(
        self,
        folder: Path,
        figures: EpochFigures,
        two_sample: TwoSampleCard | None = None,
        real_images: RealImages | None = None,
    ) -> None:
        """Fill an empty folder with a version.

        Args:
            folder: this one.
            figures: of the version's epoch.
            two_sample: what the two-sample network is and how good.
            real_images: where images of the data set's test part lie in the latent space.
        """
        if self._saved_models is None:
            self._saved_models = self._trace()
        card = self.card(figures, two_sample, real_images)
        with files.storage(folder):
            try:
                self._networks.training_images.write(folder)
                self._saved_models.write(folder, card.uid)
                files.write_bytes(folder / names.CARD_FILE, card.model_dump_json(indent=1).encode())
                self._write_warm_up(folder / names.WARMUP_FILE)
                if real_images is not None:
                    files.write_bytes(folder / names.REAL_IMAGES_FILE, real_images.to_bytes())
            except tf.errors.OpError as error:
                # TensorFlow writes by itself, and has errors of its own for a full disk.
                full = os.strerror(errno.ENOSPC) in error.message
                reason = "the disk is full" if full else error.message
                raise StorageFailed(
                    f"Cannot write {folder}: {reason}.",
                    told="Cannot write the exported version" + (": the disk is full." if full else "."),
                ) from error

    def card(
        self, figures: EpochFigures, two_sample: TwoSampleCard | None, real_images: RealImages | None
    ) -> ModelCard:
        """What the version says of itself; see `write`."""
        spec, found = self._spec, real_images is not None
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
            themes=tuple(name for name, theme in THEMES.items() if theme.source != "real_images" or found),
            two_sample=two_sample,
            reference=self._networks.training_images.card,
            real_images=real_images and RealImagesCard(count=len(real_images), of=len(self._dataset.test)),
            lineage=self._lineage,
            spec=spec,
            metrics=figures.model_dump(mode="json"),
            created=datetime.now(UTC).isoformat(),
            libraries=libraries(),
        )

    # Signatures -----------------------------------------------------------------------

    def _trace(self) -> SavedModels:
        inputs = [tf.TensorSpec([None, self._spec.latent.dim], tf.float32, names.Z)]
        if self._spec.conditional:
            inputs.append(tf.TensorSpec([None], tf.int32, names.LABEL))
        # Of any rank that broadcasts against (n, h, w, c).
        gains = [tf.TensorSpec(None, tf.float32, names.gain_input(name)) for name in self._stages]

        image = tf.TensorSpec([None, *self._dataset.image_shape], tf.uint8, names.IMAGE)

        def traced(function: Callable[..., dict[str, Any]], given: list[Any]) -> Any:
            return tf.function(function, autograph=False).get_concrete_function(*given)

        generate = traced(self._generate, inputs)
        signatures = {
            names.GENERATE: generate,
            names.DEFAULT: generate,
            names.CLASSIFY: traced(self._classify, inputs),
            names.ACTIVATIONS: traced(self._activations, inputs),
            names.ABLATE: traced(self._ablate, [*inputs, *gains]),
            names.JUDGE: traced(self._judge, [image, *inputs[1:]]),
        }
        for name, theme in FUNCTIONS.items():
            signatures |= {
                names.theme_signature(name): traced(partial(self._theme, theme), inputs),
                names.ablated_theme_signature(name): traced(
                    partial(self._ablated_theme, theme), [*inputs, *gains]
                ),
            }
        module = tf.Module()
        module.derived = self._judges.shown.generator.derived
        module.place = self._networks.training_images.place
        module.file = module.place.file
        # The variables alone, and those that are asked for anything: tracked as layers, they would bring
        # Keras' own functions along.
        used = {id(variable): variable for s in signatures.values() for variable in s.variables}
        used |= {id(part.weight): part.weight for part in module.derived}
        module.held = list(used.values())
        return SavedModels(module, signatures, [*module.derived, module.place])

    def _named(self, image: Any) -> dict[str, Any]:
        probabilities = self._networks.class_probabilities(image)
        return {
            names.CLASS_ID: tf.argmax(probabilities, axis=1, output_type=tf.int32),
            names.CLASS_PROBABILITY: tf.reduce_max(probabilities, axis=1),
        }

    def _generate(self, z: Any, label: Any | None = None) -> dict[str, Any]:
        image = self._networks.image(z, label)
        return {names.IMAGE: image, **self._named(image)}

    def _classify(self, z: Any, label: Any | None = None) -> dict[str, Any]:
        return self._named(self._networks.image(z, label))

    def _activations(self, z: Any, label: Any | None = None) -> dict[str, Any]:
        image, stages = self._networks.image_and_stages(z, label)
        return {names.IMAGE: image, names.CLASS_ID: self._named(image)[names.CLASS_ID], **stages}

    def _ablate(self, z: Any, *rest: Any) -> dict[str, Any]:
        image = self._networks.image(z, *self._label_and_gains(rest))
        return {names.IMAGE: image, **self._named(image)}

    def _theme(self, theme: Function, z: Any, label: Any | None = None) -> dict[str, Any]:
        return {names.VALUE: theme(self._networks, z, label, None)}

    def _ablated_theme(self, theme: Function, z: Any, *rest: Any) -> dict[str, Any]:
        return {names.VALUE: theme(self._networks, z, *self._label_and_gains(rest))}

    def _label_and_gains(self, rest: tuple[Any, ...]) -> tuple[Any | None, Gains]:
        """What is given beside the points."""
        label, given = (rest[0], rest[1:]) if self._spec.conditional else (None, rest)
        return label, dict(zip(self._stages, given, strict=True))

    def _judge(self, image: Any, label: Any | None = None) -> dict[str, Any]:
        probabilities = self._networks.class_probabilities(image)
        if label is not None:
            named = tf.argmax(probabilities, axis=1, output_type=tf.int32)
            label = tf.where(label < 0, named, label)
        score = self._judges.score(image, label)
        return {
            names.CLASS_PROBABILITIES: probabilities,
            names.DISCRIMINATOR_SCORE: score,
            names.DISCRIMINATOR: self._judges.probability(score),
            names.TWO_SAMPLE: self._judges.two_sample_probability(image),
        }

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
        example: dict[str, Any] = {}
        if signature == names.JUDGE:
            example[names.IMAGE] = self._dataset.train.images[:count]
        else:
            example[names.Z] = sample(self._spec, count, seed=0)
        if self._spec.conditional:
            example[names.LABEL] = np.arange(count, dtype=np.int32) % len(self._dataset.classes)
        if signature == names.ABLATE:
            example |= {names.gain_input(name): np.ones((1, 1, 1, 1), np.float32) for name in self._stages}
        return example
