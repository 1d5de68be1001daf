"""The spec that `atlas train` makes of its options."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from services.cli.main import app
from services.contracts.training.presets import PRESETS
from services.contracts.training.spec import TrainingSpec

STUDY, MEASURED, PHOTOS = PRESETS["study"], PRESETS["measured"], PRESETS["photos"]


class Gateway:
    """Answers with what it was sent."""

    def json(self, method: str, path: str, **options: Any) -> Any:
        assert (method, path) == ("POST", "/runs/preview")
        return options["json"]


def train(*arguments: str) -> Any:
    result = CliRunner().invoke(app, ["train", *arguments, "--preview"], obj=Gateway())
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_options_alone_begin_with_what_was_measured_best() -> None:
    body = train("--name", "a", "--dataset", "mnist", "--batch-size", "32")
    assert body == {**MEASURED, "name": "a", "dataset": "mnist", "batch_size": 32}


def test_folds_and_conditioning_stand_beside_what_they_belong_to() -> None:
    body = train(
        *("--name", "a", "--dataset", "mnist", "--dim", "3", "--folds", "2", "--preset", "none"),
        *("--conditional", "--conditioning", "projection", "--activation", "elu"),
        *("--set", "network.discriminator_activation=relu", "--set", "loss=relativistic"),
        *("--set", "regularization.r2=1", "--set", "regularization.penalty_every=8"),
    )
    assert body == {
        "name": "a",
        "dataset": "mnist",
        "latent": {"dim": 3, "folds": 2},
        "conditional": True,
        "network": {
            "conditioning": "projection",
            "activation": "elu",
            "discriminator_activation": "relu",
        },
        "loss": "relativistic",
        "regularization": {"r2": 1, "penalty_every": 8},
    }
    TrainingSpec.model_validate(body)


def test_another_way_or_none() -> None:
    named = ("--name", "a", "--dataset", "mnist")
    assert train(*named, "--preset", "study") == {**STUDY, "name": "a", "dataset": "mnist"}
    assert train(*named, "--preset", "photos") == {**PHOTOS, "name": "a", "dataset": "mnist"}
    assert train(*named, "--preset", "none") == {"name": "a", "dataset": "mnist"}


def test_a_spec_file_stands_alone_unless_a_preset_is_named(tmp_path: Path) -> None:
    spec = {"name": "a", "dataset": "mnist", "batch_size": 16}
    file = tmp_path / "spec.json"
    file.write_text(json.dumps(spec))
    assert train(str(file)) == spec
    assert train(str(file), "--preset", "measured") == {**MEASURED, **spec}


def test_an_unknown_preset_is_refused() -> None:
    result = CliRunner().invoke(app, ["train", "--preset", "best", "--preview"], obj=Gateway())
    assert result.exit_code != 0
    assert "--preset best: there is no such preset; there are measured, photos, study and none." in str(
        result.exception or result.output
    )
