"""Make the gallery's canned data: a sheet of real digits, previews as the gateway gives them, what guessing
loses, and themes.

Run from the root of the repository: python services/web/scripts/gallery_data.py
"""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits

from services.contracts.api.themes import theme_view
from services.contracts.themes import THEMES
from services.contracts.training import networks
from services.contracts.training.losses import LOSSES
from services.contracts.training.spec import parse_spec
from services.contracts.training.state_size import state_bytes
from services.gateway.runs.previews import network_preview

DATA = Path(__file__).resolve().parent.parent / "src" / "gallery" / "data"
SAMPLES = 6
SIDE = 28


def digits_sheet() -> Image.Image:
    """A row for each digit, with its most typical samples, 28×28 each."""
    images, labels = load_digits(return_X_y=True)
    sheet = Image.new("L", (SAMPLES * SIDE, 10 * SIDE))
    for digit in range(10):
        own = images[labels == digit]
        nearness = np.linalg.norm(own - own.mean(0), axis=1)
        for column, index in enumerate(np.argsort(nearness)[:SAMPLES]):
            small = Image.fromarray((own[index].reshape(8, 8) * 15.9).astype(np.uint8))
            sheet.paste(small.resize((SIDE, SIDE), Image.Resampling.BICUBIC), (column * SIDE, digit * SIDE))
    return sheet


def previews() -> dict[str, object]:
    """By dimension, and `c` for conditional ones, `p` for those by projection with two folds."""
    projecting = {"conditional": True, "network": {"conditioning": "projection"}}
    wanted: dict[str, dict[str, object]] = {
        "2": {"latent": {"dim": 2}},
        "3": {"latent": {"dim": 3}},
        "3c": {"latent": {"dim": 3}, "conditional": True},
        "3p": {"latent": {"dim": 3, "folds": 2}, **projecting},
        "4": {"latent": {"dim": 4}},
    }
    answers: dict[str, object] = {}
    for key, fields in wanted.items():
        spec = parse_spec({"name": "x", "dataset": "mnist", **fields})
        generator, discriminator = networks.generator(spec, 1, 10), networks.discriminator(spec, 1, 10)
        answers[key] = {
            "spec": spec.model_dump(mode="json"),
            "state_bytes": state_bytes(spec, generator, discriminator),
            "generator": network_preview(generator).model_dump(mode="json"),
            "discriminator": network_preview(discriminator).model_dump(mode="json"),
        }
    return answers


if __name__ == "__main__":
    DATA.mkdir(parents=True, exist_ok=True)
    digits_sheet().save(DATA / "digits.png", optimize=True)
    (DATA / "previews.json").write_text(json.dumps(previews(), separators=(",", ":")) + "\n")
    guessing = {name: asdict(loss.guessing(0.0)) for name, loss in LOSSES.items()}
    (DATA / "guessing.json").write_text(json.dumps(guessing, indent=1) + "\n")
    themes = [theme_view(name).model_dump(mode="json") for name in THEMES]
    (DATA / "themes.json").write_text(json.dumps(themes, indent=1) + "\n")
