"""`atlas map` and `atlas models`: what themes there are, and maps of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from latent_atlas_client import Media
from latent_atlas_client.errors import api_error
from services.cli.client import CliError, cli_errors
from services.cli.main import app
from services.contracts.api.themes import theme_view
from services.contracts.themes import THEMES

CLASSES = {"shares": {"one": 0.25, "two": 0.75}, "classes": [[0, 1], [1, 1]]}
NUMBERS = {
    "theme": "stretch",
    "unit": "pixel values per unit",
    "minimum": 0.25,
    "mean": 1.5,
    "maximum": 12.345678,
    "values": [[0.25, 1.5], [2.5, 12.345678]],
}
MODEL = {
    "name": "m",
    "latent_dim": 2,
    "conditional": True,
    "image_shape": [8, 8, 1],
    "classes": ["one", "two"],
    "versions": [5, 10],
    "themes": [theme_view(name).model_dump() for name in THEMES],
}


class Gateway:
    """The part of the client that these commands use; records requests."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def json(self, method: str, path: str, **options: Any) -> Any:
        self.asked.append((path, options.get("params")))
        if path == "/models":
            return {"models": [MODEL]}
        if path == "/models/m":
            return MODEL
        return NUMBERS if "theme" in options["params"] else CLASSES

    def media(self, method: str, path: str, accept: str, **options: Any) -> Media:
        self.asked.append((path, options.get("params") or options.get("json"), accept))
        return Media(b"a file", httpx.Headers())


def run(gateway: Any, *arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, obj=gateway)
    if isinstance(result.exception, CliError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_models_in_a_list_and_the_themes_of_one() -> None:
    gateway = Gateway()
    assert "2, conditional" in run(gateway, "models")
    themes = run(gateway, "models", "m").splitlines()
    assert gateway.asked == [("/models", None), ("/models/m", None)]
    assert [line.split()[0] for line in themes if line[:1].strip()] == ["theme", *THEMES]


def test_a_map_of_classes_and_one_of_numbers() -> None:
    gateway = Gateway()
    assert [line.split() for line in run(gateway, "map", "m").splitlines()[1:]] == [
        ["two", "75.0", "%"],
        ["one", "25.0", "%"],
    ]
    lines = run(gateway, "map", "m", "--theme", "stretch", "--resolution", "2").splitlines()
    assert lines[0].split() == ["stretch", "pixel", "values", "per", "unit"]
    assert [line.split() for line in lines[1:]] == [
        ["minimum", "0.25"],
        ["mean", "1.5"],
        ["maximum", "12.35"],
    ]
    assert gateway.asked == [
        ("/models/m/map", {}),
        ("/models/m/map", {"theme": "stretch", "resolution": 2}),
    ]


@pytest.mark.parametrize(
    ("name", "form"),
    [("map.png", "image/png"), ("map.npy", "application/x-npy"), ("map.json", "application/json")],
)
def test_a_map_of_numbers_is_kept(tmp_path: Path, name: str, form: str) -> None:
    gateway = Gateway()
    run(gateway, "map", "m", "--theme", "novelty", "-o", str(tmp_path / name))
    assert gateway.asked == [("/models/m/map", {"theme": "novelty"}, form)]
    assert (tmp_path / name).read_bytes() == b"a file"


def test_pictures_are_enlarged(tmp_path: Path) -> None:
    gateway = Gateway()
    file = ("-o", str(tmp_path / "large.png"))
    run(gateway, "map", "m", "--scale", "5", *file)
    run(gateway, "generate", "m", "--count", "4", "--scale", "10", *file)
    run(gateway, "interpolate", "m", "--from", "-1,0", "--to", "1,0", "--scale", "10", *file)
    assert [asked[1]["scale"] for asked in gateway.asked] == [5, 10, 10]


def test_an_unknown_theme_is_told_in_the_words_of_the_api() -> None:
    sentence = "theme: there is no theme 'beauty'; this version has: class, stretch"
    problem = {"status": 422, "title": "Invalid input", "detail": sentence}

    class Refusing(Gateway):
        def json(self, method: str, path: str, **options: Any) -> Any:
            with cli_errors("http://atlas"):
                raise api_error(422, {}, json.dumps(problem).encode(), path)

    with pytest.raises(CliError) as caught:
        run(Refusing(), "map", "m", "--theme", "beauty")
    assert caught.value.message == sentence
