"""The experiment over activations as a bar chart: each one's mean, its 95 % interval and its trainings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from statistics import fmean

from benchmarks.quality.results import Results
from benchmarks.quality.rows import ROWS, SEEDS
from services.contracts.experiments.statistics import estimate

_WIDTH, _HEIGHT, _GAP = 360, 240, 24
_LEFT, _TOP, _BOTTOM = 52, 40, 34
_BAR = 0.56
"""Share of its place that a bar is wide."""
_MOST_TICKS = 6
"""On an axis, beside zero."""
_INK, _FAINT, _FILL, _DOT = "#3a3f47", "#c9ced6", "#a9c1dc", "#2f5f94"


@dataclass(frozen=True)
class Bar:
    """One activation.

    Attributes:
        values: of its trainings.
    """

    values: Sequence[float]

    @property
    def mean(self) -> float:
        return fmean(self.values)

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 % interval of the mean; None where there are too few trainings for a result."""
        return estimate(self.values).interval if len(self.values) >= len(SEEDS) else None

    @property
    def top(self) -> float:
        """Of all that is drawn of it."""
        return max(*self.values, *(self.interval or ()), 0.0)


def measured(results: Results) -> Mapping[str, Mapping[str, Bar]]:
    """By data set and activation: the strong test's cross-entropy of each seed, in nats."""
    found: dict[str, dict[str, Bar]] = {}
    for name, row in ROWS.items():
        values = [item.cross_entropy for (of, _), item in results.items() if of == name]
        if row.part == "activations" and values:
            found.setdefault(row.changes["dataset"], {})[row.title] = Bar(values)
    return found


def chart(groups: Mapping[str, Mapping[str, Bar]]) -> str:
    """SVG: one panel for each data set, each with a scale of its own."""
    panels = [_panel(title, bars, number) for number, (title, bars) in enumerate(groups.items())]
    width = len(panels) * (_WIDTH + _GAP) - _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" width="{width}" '
        f'height="{_HEIGHT}" font-family="sans-serif" font-size="12" fill="{_INK}">\n'
        f'<rect width="{width}" height="{_HEIGHT}" fill="#ffffff"/>\n' + "\n".join(panels) + "\n</svg>\n"
    )


def _panel(title: str, bars: Mapping[str, Bar], number: int) -> str:
    highest = max(bar.top for bar in bars.values()) or 1.0
    ground, left = _HEIGHT - _BOTTOM, _LEFT
    step = tick_step(highest, _MOST_TICKS)
    ticks = [step * number for number in range(ceil(highest / step) + 1)]
    scale = (ground - _TOP) / ticks[-1]
    place = (_WIDTH - left) / len(bars)
    parts = [
        f'<g transform="translate({number * (_WIDTH + _GAP)} 0)">',
        f'<text x="{left}" y="18" font-weight="bold">{escape(title)}</text>',
        f'<text x="{left}" y="32" fill="#6b7280">cross-entropy of the strong test, nats</text>',
        *_axis(ticks, ground, scale),
    ]
    for index, (name, bar) in enumerate(bars.items()):
        parts += _bar(name, bar, left + (index + 0.5) * place, place, ground, scale)
    return "\n".join([*parts, "</g>"])


def tick_step(highest: float, most: int) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that reaches `highest` in at most so many steps."""
    power = 10.0 ** floor(log10(highest / most))
    return next(factor * power for factor in (1, 2, 5, 10) if ceil(highest / (factor * power)) <= most)


def _axis(ticks: Sequence[float], ground: float, scale: float) -> Sequence[str]:
    lines = []
    for value in ticks:
        y = ground - value * scale
        lines.append(f'<line x1="{_LEFT}" x2="{_WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_FAINT}"/>')
        lines.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:.6g}</text>')
    return lines


def _bar(name: str, bar: Bar, middle: float, place: float, ground: float, scale: float) -> list[str]:
    width, height = _BAR * place, bar.mean * scale
    parts = [
        f'<rect x="{middle - width / 2:.1f}" y="{ground - height:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" fill="{_FILL}"/>',
        f'<text x="{middle:.1f}" y="{ground + 18:.1f}" text-anchor="middle">{escape(name)}</text>',
    ]
    if bar.interval is not None:
        low, high = (ground - max(end, 0.0) * scale for end in bar.interval)
        parts.append(
            f'<path d="M{middle:.1f} {low:.1f}V{high:.1f}M{middle - 5:.1f} {low:.1f}h10'
            f'M{middle - 5:.1f} {high:.1f}h10" stroke="{_INK}" fill="none"/>'
        )
    # Beside the interval, so that neither hides the other.
    dots = (
        f'<circle cx="{middle - width / 4:.1f}" cy="{ground - value * scale:.1f}" r="3" fill="{_DOT}"/>'
        for value in bar.values
    )
    return [*parts, *dots]
