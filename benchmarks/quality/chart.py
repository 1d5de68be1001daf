"""The experiment over activations as a bar chart: a mean for each activation, with its 95 % interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10

from benchmarks.quality.results import Results
from benchmarks.quality.rows import ROWS
from services.contracts.experiments.statistics import Estimate, estimate

_WIDTH, _HEIGHT, _GAP = 360, 240, 24
_LEFT, _TOP, _BOTTOM = 52, 40, 34
_BAR = 0.56
"""Share of its place that a bar is wide."""
_MOST_TICKS = 6
"""On an axis, beside zero."""
_INK, _FAINT, _FILL = "#3a3f47", "#c9ced6", "#4f7cac"


def measured(results: Results) -> Mapping[str, Mapping[str, Estimate]]:
    """By data set and activation: the strong test's cross-entropy over the seeds, in nats."""
    found: dict[str, dict[str, Estimate]] = {}
    for name, row in ROWS.items():
        values = [item.cross_entropy for (of, _), item in results.items() if of == name]
        if row.part == "activations" and values:
            found.setdefault(row.changes["dataset"], {})[row.title] = estimate(values)
    return found


def chart(groups: Mapping[str, Mapping[str, Estimate]]) -> str:
    """SVG: one panel for each data set, each with a scale of its own."""
    panels = [_panel(title, bars, number) for number, (title, bars) in enumerate(groups.items())]
    width = len(panels) * (_WIDTH + _GAP) - _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" width="{width}" '
        f'height="{_HEIGHT}" font-family="sans-serif" font-size="12" fill="{_INK}">\n'
        f'<rect width="{width}" height="{_HEIGHT}" fill="#ffffff"/>\n' + "\n".join(panels) + "\n</svg>\n"
    )


def _panel(title: str, bars: Mapping[str, Estimate], number: int) -> str:
    highest = max(_top(bar) for bar in bars.values()) or 1.0
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


def _bar(name: str, bar: Estimate, middle: float, place: float, ground: float, scale: float) -> list[str]:
    assert bar.mean is not None
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
    return parts


def _top(bar: Estimate) -> float:
    return bar.interval[1] if bar.interval else bar.mean or 0.0
