"""What pydantic finds wrong with a field, in words for those who filled it in. The only place that says it.

Each sentence goes on from the field's name: "epochs" "must be 1 or more, not 0".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.contracts.names import (
    DATASET_PATTERN,
    DATASET_RULE,
    KEY_PATTERN,
    KEY_RULE,
    NAME_PATTERN,
    NAME_RULE,
    possible_name,
)

UNKNOWN_FIELD = "is not a known field"

_QUOTED = 40
"""Most characters of a wrong value that are quoted."""

Context = Mapping[str, Any]
Sentence = Callable[[Context, Any], str]
"""From the limits of the field and the value that was given to what is wrong with it."""


def sentence_of(problem: Mapping[str, Any]) -> str:
    """One sentence without its field: what would be right, and if it is short, what was given.

    Args:
        problem: one of ``ValidationError.errors()``.
    """
    sentence = SENTENCES.get(problem["type"])
    if sentence is None:
        message = str(problem["msg"])
        return message[:1].lower() + message[1:]
    return sentence(problem.get("ctx", {}), problem.get("input"))


def _must(words: str) -> Sentence:
    """``words`` may name limits of the field in braces."""

    def sentence(context: Context, given: Any) -> str:
        limits = {name: _number(limit) for name, limit in context.items()}
        return f"must be {words.format_map(limits)}{_not(given)}"

    return sentence


def _fixed(words: str) -> Sentence:
    return lambda context, given: words


def _length(words: str, unit: str) -> Sentence:
    """``words`` go before the limit: "at least", "at most"."""

    def sentence(context: Context, given: Any) -> str:
        limit = context["min_length" if words == "at least" else "max_length"]
        if words == "at least" and limit == 1:
            return "must not be empty"
        actual = context.get("actual_length", len(given) if hasattr(given, "__len__") else None)
        has = "" if actual is None else f", not {_number(actual)}"
        return f"must have {words} {_number(limit)} {unit}{'' if limit == 1 else 's'}{has}"

    return sentence


def _pattern(context: Context, given: Any) -> str:
    rule, correct = PATTERNS.get(context["pattern"], (None, None))
    if rule is None:
        return f"must match the pattern {context['pattern']}{_not(given)}"
    near = correct(given) if correct and isinstance(given, str) else ""
    return f"must be: {rule[:1].lower()}{rule[1:]}" + (f"; such as {near!r}" if near else "")


def _raised(context: Context, given: Any) -> str:
    """What a validator of our own says."""
    return str(context["error"])


def _not(given: Any) -> str:
    """The wrong value, where it fits into a sentence."""
    if isinstance(given, bool):
        return f", not {str(given).lower()}"
    if isinstance(given, int | float):
        # Beyond what anyone can read, Python refuses to write a whole number at all.
        return f", not {given}" if abs(given) < 1e15 or isinstance(given, float) else ""
    if isinstance(given, str) and given.strip():
        return f", not {given!r}" if len(given) <= _QUOTED else f", not {given[:_QUOTED]!r}…"
    return ""


def _number(limit: Any) -> Any:
    """1000.0 as 1,000 and 0.5 as 0.5; what is no number stays."""
    if isinstance(limit, bool) or not isinstance(limit, int | float):
        return limit
    whole = isinstance(limit, int) or limit.is_integer()
    return f"{int(limit):,}" if whole else f"{limit:g}"


PATTERNS: dict[str, tuple[str, Callable[[str], str] | None]] = {
    NAME_PATTERN: (NAME_RULE, possible_name),
    DATASET_PATTERN: (DATASET_RULE, possible_name),
    KEY_PATTERN: (KEY_RULE, None),
    r"^(redis|rediss|unix)://": ("an address that begins with redis://, rediss:// or unix://", None),
    r"^linear$": ("linear, the only path there is", None),
}
"""What a pattern asks for, and how to come near it from something else."""

SENTENCES: dict[str, Sentence] = {
    "missing": _fixed("is required"),
    "extra_forbidden": _fixed(UNKNOWN_FIELD),
    # Numbers
    "int_type": _must("a whole number"),
    "int_parsing": _must("a whole number"),
    "int_parsing_size": _fixed("must be a whole number of fewer digits"),
    "int_from_float": _must("a whole number"),
    "float_type": _must("a number"),
    "float_parsing": _must("a number"),
    "finite_number": _fixed("must be a number, neither infinite nor NaN"),
    "greater_than": _must("greater than {gt}"),
    "greater_than_equal": _must("{ge} or more"),
    "less_than": _must("less than {lt}"),
    "less_than_equal": _must("{le} or less"),
    # Texts, switches and choices
    "string_type": _must("text"),
    "string_unicode": _fixed("must be text in UTF-8"),
    "string_too_short": _length("at least", "character"),
    "string_too_long": _length("at most", "character"),
    "string_pattern_mismatch": _pattern,
    "bool_type": _must("true or false"),
    "bool_parsing": _must("true or false"),
    "literal_error": _must("one of {expected}"),
    "datetime_type": _must("a date and time"),
    "datetime_parsing": _must("a date and time, such as 2026-01-31T12:00:00Z"),
    "datetime_from_date_parsing": _must("a date and time, such as 2026-01-31T12:00:00Z"),
    # Lists and objects
    "list_type": _must("a list"),
    "tuple_type": _must("a list"),
    "too_short": _length("at least", "item"),
    "too_long": _length("at most", "item"),
    "dict_type": _must("an object, with a value for each name"),
    "model_type": _must("an object with fields"),
    "model_attributes_type": _must("an object with fields"),
    "invalid_key": _fixed("has a name that is no text"),
    "union_tag_not_found": lambda context, given: (
        f"must say which one it is, by {context['discriminator']}"
    ),
    "union_tag_invalid": lambda context, given: (
        f"there is no {context['tag']!r}; there are: {context['expected_tags']}"
    ),
    "json_invalid": lambda context, given: f"is not valid JSON: {context['error']}",
    # What our own validators raise
    "value_error": _raised,
    "assertion_error": _raised,
}
"""The sentence for each type of error of pydantic that a field of ours can have."""
