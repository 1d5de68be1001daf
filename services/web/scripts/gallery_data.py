"""Make the gallery's canned data: a sheet of real digits, previews as the gateway gives them, and themes.

Run from the root of the repository: python services/web/scripts/gallery_data.py
"""

import json
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits

from services.contracts.api.themes import theme_view
from services.contracts.themes import THEMES
from services.contracts.training import networks
from services.contracts.training.spec import parse_spec
from services.gateway.runs.runs import _preview

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
    """By dimension and conditioning, such as `2` and `3c`."""
    answers = {}
    for dim, conditional in ((2, False), (3, False), (3, True), (4, False)):
        spec = parse_spec(
            {"name": "x", "dataset": "mnist", "latent": {"dim": dim}, "conditional": conditional}
        )
        answers[f"{dim}{'c' if conditional else ''}"] = {
            "spec": spec.model_dump(mode="json"),
            "generator": _preview(networks.generator(spec, 1, 10)).model_dump(mode="json"),
            "discriminator": _preview(networks.discriminator(spec, 1, 10)).model_dump(mode="json"),
        }
    return answers


if __name__ == "__main__":
    DATA.mkdir(parents=True, exist_ok=True)
    digits_sheet().save(DATA / "digits.png", optimize=True)
    (DATA / "previews.json").write_text(json.dumps(previews(), separators=(",", ":")) + "\n")
    themes = [theme_view(name).model_dump(mode="json") for name in THEMES]
    (DATA / "themes.json").write_text(json.dumps(themes, indent=1) + "\n")
