"""An exported version, opened by TensorFlow's own loaders."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.contracts import signatures as names
from services.contracts.runs.events import EpochFigures
from services.contracts.signatures import ModelCard
from services.trainer.backend import tf
from services.trainer.training.loop import Training
from tests.support.training import small_spec, training

pytestmark = pytest.mark.tensorflow

FIGURES = EpochFigures(epoch=3, seconds=1.0, generator_loss=0.7, discriminator_loss=1.4)
VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "conditional": {"conditional": True, "latent": {"dim": 3}, "precision": "mixed_bfloat16"},
    "compiled activations": {"network": {"activation": "rrelu", "batch_norm": False}},
}


@pytest.fixture(scope="module", params=VARIANTS, ids=str)
def exported(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Training, Path]:
    folder = tmp_path_factory.mktemp("model")
    trained = training(small_spec(epochs=1, **VARIANTS[request.param]), folder / "checkpoints")
    trained.run()
    trained.exporter.write(folder / "3", FIGURES)
    return trained, folder / "3"


def example(trained: Training, count: int) -> dict[str, Any]:
    given: dict[str, Any] = {"z": np.linspace(-1, 1, count * trained.spec.latent.dim, dtype=np.float32)}
    given["z"] = given["z"].reshape(count, -1)
    if trained.spec.conditional:
        given["label"] = np.arange(count, dtype=np.int32) % 10
    return given


def gains(trained: Training, **changed: Any) -> dict[str, Any]:
    one = np.ones((1, 1, 1, 1), np.float32)
    return {names.gain_input(stage): changed.get(stage, one) for stage in trained.generator.table.stages}


def test_signatures_answer_as_the_contract_says(exported: tuple[Training, Path]) -> None:
    trained, folder = exported
    model = tf.saved_model.load(str(folder))
    assert set(model.signatures) == set(names.SIGNATURES)
    given = {name: tf.constant(array) for name, array in example(trained, 5).items()}
    generated = model.signatures[names.GENERATE](**given)
    assert set(generated) == {"image", "class_id", "class_probability"}
    assert (generated["image"].dtype, tuple(generated["image"].shape)) == (tf.uint8, (5, 28, 28, 1))
    assert (generated["class_id"].dtype, tuple(generated["class_id"].shape)) == (tf.int32, (5,))
    assert generated["class_probability"].dtype == tf.float32
    assert tuple(generated["class_probability"].shape) == (5,)
    classified = model.signatures[names.CLASSIFY](**given)
    assert set(classified) == {"class_id", "class_probability"}
    np.testing.assert_array_equal(classified["class_id"], generated["class_id"])
    default = model.signatures[names.DEFAULT](**given)
    np.testing.assert_array_equal(default["image"], generated["image"])

    activations = model.signatures[names.ACTIVATIONS](**given)
    stages = trained.generator.table.stages
    assert set(activations) == {"image", "class_id", *stages}
    for stage, shape in stages.items():
        assert (activations[stage].dtype, tuple(activations[stage].shape)) == (tf.float32, (5, *shape))
    np.testing.assert_array_equal(activations["image"], generated["image"])


def test_images_are_those_that_the_training_showed(exported: tuple[Training, Path]) -> None:
    trained, folder = exported
    given = example(trained, 7)
    shown = trained.shown.images(given["z"], given.get("label"))
    model = tf.saved_model.load(str(folder))
    served = model.signatures[names.GENERATE](**{name: tf.constant(array) for name, array in given.items()})
    assert np.abs(served["image"].numpy().astype(int) - shown).max() <= 1


def test_ablation_scales_what_it_is_told(exported: tuple[Training, Path]) -> None:
    trained, folder = exported
    model = tf.saved_model.load(str(folder))
    given = example(trained, 3)

    def ablated(**changed: Any) -> Any:
        inputs = given | gains(trained, **changed)
        return model.signatures[names.ABLATE](**{name: tf.constant(a) for name, a in inputs.items()})

    plain = model.signatures[names.GENERATE](**{name: tf.constant(a) for name, a in given.items()})
    np.testing.assert_array_equal(ablated()["image"], plain["image"])
    assert np.unique(ablated(conv_2=np.zeros((1, 1, 1, 1), np.float32))["image"]).size == 1
    # The image is the last stage: without its upper rows, these are grey.
    rows = np.ones((1, 28, 1, 1), np.float32)
    rows[:, :14] = 0
    image = ablated(conv_3=rows)["image"].numpy()
    assert (image[:, :14] == 128).all()
    np.testing.assert_array_equal(image[:, 14:], plain["image"].numpy()[:, 14:])
    each = np.ones((3, 28, 28, 1), np.float32)
    np.testing.assert_array_equal(ablated(conv_3=each)["image"], plain["image"])


def test_sessions_load_it_too(exported: tuple[Training, Path]) -> None:
    trained, folder = exported
    given = example(trained, 4)
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        meta = tf.compat.v1.saved_model.load(session, ["serve"], str(folder))
        signature = meta.signature_def[names.GENERATE]
        assert set(signature.inputs) == set(given)
        answer = session.run(
            {name: info.name for name, info in signature.outputs.items()},
            {signature.inputs[name].name: array for name, array in given.items()},
        )
    assert answer["image"].shape == (4, 28, 28, 1)


def test_card_describes_the_version(exported: tuple[Training, Path]) -> None:
    trained, folder = exported
    card = ModelCard.model_validate_json((folder / names.CARD_FILE).read_bytes())
    assert (card.name, card.run, card.version) == ("small", "small", 3)
    assert card.image_shape == (28, 28, 1)
    assert {layer.name: layer.shape for layer in card.layers} == trained.generator.table.stages
    assert card.spec == trained.spec
    assert card.metrics["generator_loss"] == 0.7
    assert card.classifier_sha256 == trained.classifier.sha256


def test_warm_up_requests_can_be_answered(exported: tuple[Training, Path]) -> None:
    from tensorflow_serving.apis import prediction_log_pb2

    _, folder = exported
    model = tf.saved_model.load(str(folder))
    asked = set()
    for record in tf.data.TFRecordDataset(str(folder / names.WARMUP_FILE)):
        log = prediction_log_pb2.PredictionLog.FromString(record.numpy())
        request = log.predict_log.request
        assert request.model_spec.name == "small"
        asked.add(request.model_spec.signature_name)
        inputs = {name: tf.constant(tf.make_ndarray(proto)) for name, proto in request.inputs.items()}
        assert model.signatures[request.model_spec.signature_name](**inputs)
    assert asked == {names.GENERATE, names.CLASSIFY, names.ACTIVATIONS, names.ABLATE}


def test_weights_alone_make_up_its_size(exported: tuple[Training, Path]) -> None:
    trained, folder = exported
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    networks = (trained.shown.generator, trained.shown.judge)
    weights = sum(int(np.prod(w.shape)) * w.value.dtype.size for n in networks for w in n.weights)
    assert size < weights + 1_500_000
