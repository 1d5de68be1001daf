"""How figures stand in sentences, as the page writes them (`core/text/format.ts`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal


def shown(form: Literal["share", "seconds", "number"], value: float) -> str:
    """A metric's value: 3.2 %, 42 s, 0.693."""
    match form:
        case "share":
            return _percent(value)
        case "seconds":
            return _duration(value)
        case "number":
            return _figure(value)


def p_words(p: float) -> str:
    """A p-value with two digits: p = 0.071, p < 0.001."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.2g}"


def listed(items: Sequence[str]) -> str:
    """Relu, relu and elu; relu, elu and prelu."""
    *others, last = items
    return f"{', '.join(others)} and {last}" if others else last


def unlike_tests(rates: Sequence[float]) -> str:
    """What to beware of where the tests' networks learnt at these different rates."""
    different = listed([f"{rate:g}" for rate in rates])
    return (
        f"Beware: their two-sample tests learnt at different rates ({different}), and slower ones "
        "find more, so part of what sets them apart may be the tests."
    )


def _percent(share: float) -> str:
    value = 100 * share
    size = abs(value)
    if size != 0 and size < 0.01:
        return "<0.01 %"
    decimals = 0 if size >= 10 or size == 0 else 1 if size >= 1 else 2
    return f"{value:.{decimals}f} %"


def _figure(value: float) -> str:
    size = abs(value)
    if size == 0:
        return "0"
    if size >= 1e6 or size < 1e-4:
        mantissa, exponent = f"{value:.1e}".split("e")
        return f"{mantissa}·10^{int(exponent)}"
    return f"{value:,.0f}" if size >= 1000 else f"{float(f'{value:.3g}'):g}"


def _duration(seconds: float) -> str:
    if seconds < 0.095:
        return f"{1000 * seconds:.0f} ms"
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
