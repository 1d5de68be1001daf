"""An exported version, opened by TensorFlow's own loaders."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.contracts import signatures as names
from services.contracts.runs.events import EpochFigures
from services.contracts.signatures import ModelCard, TwoSampleCard
from services.contracts.themes import EXPORTED, THEMES
from services.kit.real_images import RealImages
from services.store import Store
from services.trainer.backend import tf
from services.trainer.data.pixels import to_range
from services.trainer.themes.functions import UNHURRIED
from services.trainer.training.export import Exporter
from services.trainer.training.loop import Training
from tests.support.training import small_spec, training

pytestmark = pytest.mark.tensorflow

THEME_SIGNATURES = (names.theme_signature, names.ablated_theme_signature)
FIGURES = EpochFigures(epoch=3, seconds=1.0, generator_loss=0.7, discriminator_loss=1.4)
TWO_SAMPLE = TwoSampleCard(network="conv", epochs=2, training_images=16, held_out_images=4, error=0.25)
REAL_IMAGES = RealImages(
    np.array([3], np.int32),
    np.array([7], np.int32),
    np.zeros((1, 2), np.float32),
    np.array([0.5], np.float32),
    np.array([7], np.uint8),
)
VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "conditional": {"conditional": True, "latent": {"dim": 3}, "precision": "mixed_bfloat16"},
    "compiled activations": {
        "network": {"activation": "rrelu", "discriminator_activation": "rrelu", "batch_norm": False}
    },
    "projection of folds": {
        "conditional": True,
        "latent": {"dim": 2, "folds": 3},
        "network": {"conditioning": "projection"},
        "loss": "relativistic",
        "regularization": {"r1": 1.0, "r2": 1.0, "penalty_every": 2},
        "precision": "mixed_bfloat16",
    },
}


@pytest.fixture(scope="module", params=VARIANTS, ids=str)
def exported(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Training, Path]:
    folder = tmp_path_factory.mktemp("model")
    trained = training(small_spec(epochs=1, **VARIANTS[request.param]), folder / "checkpoints")
    # The graph of the second version is the first one's, so that is what the tests look at.
    trained.exporter.write(folder / "2", FIGURES, TWO_SAMPLE, REAL_IMAGES)
    trained.run()
    trained.exporter.write(folder / "3", FIGURES, TWO_SAMPLE, REAL_IMAGES)
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
    themes = {make(theme) for make in THEME_SIGNATURES for theme in EXPORTED}
    assert set(model.signatures) == {*names.SIGNATURES, names.JUDGE, *themes}
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


def test_themes_are_what_the_networks_say(exported: tuple[Training, Path]) -> None:
    trained, folder = exported
    model, given = tf.saved_model.load(str(folder)), example(trained, 5)
    inputs = {name: tf.constant(array) for name, array in given.items()}
    values = {theme: model.signatures[names.theme_signature(theme)](**inputs) for theme in EXPORTED}
    for answer in values.values():
        assert set(answer) == {names.VALUE}
        assert (answer[names.VALUE].dtype, tuple(answer[names.VALUE].shape)) == (tf.float32, (5,))
    discriminator, two_sample = trained.judges.opinions(given["z"], given.get("label"))
    np.testing.assert_allclose(values["discriminator"]["value"], discriminator, atol=0.01)
    np.testing.assert_allclose(values["two_sample"]["value"], two_sample, atol=0.01)
    stretch = trained.judges.stretch(given["z"], given.get("label"))
    np.testing.assert_allclose(values["stretch"]["value"], stretch, rtol=0.03)
    classified = model.signatures[names.CLASSIFY](**inputs)
    np.testing.assert_allclose(values["confidence"]["value"], classified["class_probability"], rtol=1e-5)
    for theme in EXPORTED:
        ablated = model.signatures[names.ablated_theme_signature(theme)]
        plain = ablated(**inputs, **{name: tf.constant(a) for name, a in gains(trained).items()})
        np.testing.assert_allclose(plain["value"], values[theme]["value"], rtol=0.02, atol=1e-6)


def test_judge_looks_at_images(exported: tuple[Training, Path]) -> None:
    trained, folder = exported
    judge = tf.saved_model.load(str(folder)).signatures[names.JUDGE]
    images = trained.dataset.test.images[:4]
    label = np.array([3, -1, 0, -1], np.int32) if trained.spec.conditional else None
    given = {"image": tf.constant(images)} | ({} if label is None else {"label": tf.constant(label)})
    said = judge(**given)
    assert {name: tuple(array.shape) for name, array in said.items()} == {
        "class_probabilities": (4, 10),
        "discriminator_score": (4,),
        "discriminator": (4,),
        "two_sample": (4,),
    }
    named = said["class_probabilities"].numpy().argmax(1).astype(np.int32)
    asked = None if label is None else np.where(label < 0, named, label)
    score = trained.discriminator(to_range(images), asked)[:, 0].numpy()
    if trained.spec.loss == "relativistic":
        # Up to a constant, which the held-out images of the training fixed.
        score += (said["discriminator_score"] - score).numpy().mean()
    np.testing.assert_allclose(said["discriminator_score"], score, atol=0.02)
    discriminator, two_sample = trained.judges.opinions_of_images(images, asked)
    np.testing.assert_allclose(said["discriminator"], discriminator, atol=0.01)
    np.testing.assert_allclose(said["two_sample"], two_sample, atol=0.01)


def in_a_session(folder: Path, signature: str, given: dict[str, Any]) -> dict[str, Any]:
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        meta = tf.compat.v1.saved_model.load(session, ["serve"], str(folder)).signature_def[signature]
        answer: dict[str, Any] = session.run(
            {name: info.name for name, info in meta.outputs.items()},
            {meta.inputs[name].name: array for name, array in given.items()},
        )
    return answer


def test_training_images_are_found_beside_the_models_and_inside_a_download(
    exported: tuple[Training, Path], tmp_path: Path
) -> None:
    trained, own = exported
    store, moved = Store(tmp_path / "home"), tmp_path / "elsewhere"
    store.prepare()
    references = store.models.references
    exporter = Exporter(
        trained.spec, trained.dataset, trained.classifier, trained.judges, "float32", references
    )
    staging = store.models.staging("small")
    exporter.write(staging, FIGURES)
    store.models.publish("small", 3, staging, keep=5)
    given, signature = example(trained, 5), names.theme_signature("novelty")
    expected = in_a_session(own, signature, given)[names.VALUE]
    (store.home / "models").rename(moved)
    np.testing.assert_array_equal(in_a_session(moved / "small" / "3", signature, given)["value"], expected)
    inputs = {name: tf.constant(array) for name, array in given.items()}
    loaded = tf.saved_model.load(str(moved / "small" / "3"))
    np.testing.assert_allclose(loaded.signatures[signature](**inputs)["value"], expected, rtol=1e-5)

    moved.rename(store.home / "models")
    for name, file in store.models.opened("small", 3).items():
        path = tmp_path / "download" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read())
        file.close()
    found = in_a_session(tmp_path / "download", signature, given)["value"]
    np.testing.assert_array_equal(found, expected)


def test_versions_share_their_graph_and_nothing_else(exported: tuple[Training, Path]) -> None:
    """A third one, with other weights, answers like the networks of its time, and beside the second."""
    trained, second = exported
    given = example(trained, 50)
    before = in_a_session(second, names.GENERATE, given)["image"]
    shown = trained.shown.generator
    kept = [variable.numpy() for variable in shown.trainable_variables]
    try:
        for variable in shown.trainable_variables:
            variable.assign(-variable)
        shown.settle()
        third = second.parent / "4"
        trained.exporter.write(third, FIGURES, TWO_SAMPLE, REAL_IMAGES)
        expected = trained.shown.images(given["z"], given.get("label"))
    finally:
        for variable, array in zip(shown.trainable_variables, kept, strict=True):
            variable.assign(array)
        shown.settle()
    both = [tf.saved_model.load(str(folder)).signatures[names.GENERATE] for folder in (second, third)]
    inputs = {name: tf.constant(array) for name, array in given.items()}
    for model, images in zip(both, (before, expected), strict=True):
        np.testing.assert_allclose(model(**inputs)["image"].numpy(), images, atol=1)
    assert np.abs(before.astype(int) - expected).max() > 2
    files = [
        {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
        for folder in (second.parent / "2", third)
    ]
    assert files[0] == files[1]
    graphs = [(folder / "saved_model.pb").read_bytes() for folder in (second, third)]
    uids = [
        ModelCard.model_validate_json((folder / names.CARD_FILE).read_bytes()).uid
        for folder in (second, third)
    ]
    assert graphs[0].replace(uids[0].encode(), uids[1].encode()) == graphs[1] != graphs[0]


def test_sessions_load_it_too(exported: tuple[Training, Path]) -> None:
    trained, folder = exported
    given = example(trained, 4)
    answer = in_a_session(folder, names.GENERATE, given)
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
    assert card.themes == tuple(THEMES)
    assert card.two_sample == TWO_SAMPLE
    assert (card.reference is not None, card.reference and card.reference.images) == (True, 64)
    assert card.real_images is not None
    assert (card.real_images.count, card.real_images.of) == (1, 20)
    kept = RealImages.from_bytes((folder / names.REAL_IMAGES_FILE).read_bytes())
    np.testing.assert_array_equal(kept.point, REAL_IMAGES.point)


def test_without_real_images_no_theme_promises_them(exported: tuple[Training, Path]) -> None:
    trained, _ = exported
    card = trained.exporter.card(FIGURES, None, None)
    assert set(card.themes) == {name for name, theme in THEMES.items() if theme.source != "real_images"}
    assert (card.two_sample, card.real_images) == (None, None)


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
    themes = {names.theme_signature(theme) for theme in EXPORTED if theme not in UNHURRIED}
    assert asked == {*names.SIGNATURES, names.JUDGE, *themes} - {names.DEFAULT}


def test_weights_alone_make_up_its_size(exported: tuple[Training, Path]) -> None:
    trained, folder = exported
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    judges = (trained.judges.discriminator, trained.judges.two_sample)
    networks = (trained.shown.generator, trained.shown.judge, *judges)
    weights = sum(int(np.prod(w.shape)) * w.value.dtype.size for n in networks for w in n.weights)
    assert size < weights + 1_500_000
