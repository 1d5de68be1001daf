"""Maps of other themes than the class, through the gateway, against the class map."""

from __future__ import annotations

from functools import partial

from benchmarks.ratio import Ratio, in_turns
from benchmarks.served import RESOLUTION, served_model
from services.contracts.themes import EXPORTED

ROUNDS = 7
REACH = {"confidence": 1.1, "discriminator": 1.3, "two_sample": 1.2, "stretch": 4.0}
"""Themes without an entry have no limit: `novelty` compares each image with all training images."""
NO_LIMIT = 20.0


def run() -> list[Ratio]:
    """Map one served model of two dimensions by every theme that a model server computes."""
    with served_model() as served:
        rows = []
        for theme in EXPORTED:
            ours = partial(served.fresh_map, RESOLUTION, theme=theme)
            times = in_turns(ours, partial(served.fresh_map, RESOLUTION), ROUNDS, warm_up=2)
            what = f"cold map {RESOLUTION}×{RESOLUTION} of the theme {theme}"
            rows.append(Ratio(what, "the class map", *times, reach=REACH.get(theme, NO_LIMIT)))
    return rows
