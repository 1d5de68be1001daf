"""Writes the blocking client from the asynchronous one: sync_from_async.py PACKAGE [TARGET].

Replaces words in the text and formats it with ruff. `waiting.py`, where the two differ, is written by hand.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

_REPLACEMENTS = (
    (r"\basync (def|with|for)\b", r"\1"),
    (r"\bawait ", ""),
    (r"\ba(sync)?(contextmanager|closing)\b", r"\2"),
    (r"\bAsyncBaseTransport\b", "BaseTransport"),
    (r"\bAsync(Models|ModelCalls|Maps|Judges|Continuations|Surfaces)\b", r"\1"),
    (r"\bAsync(Generator|Iterator|Client|Http|Datasets|Runs|Experiments|Recipes)\b", r"\1"),
    (r"\b_async\b", "_sync"),
    (r"\b__a(enter|exit)__\b", r"__\1__"),
    (r"\ba(close|read|iter_bytes)\(", r"\1("),
)


def main() -> None:
    """Write every module except those written by hand."""
    package = Path(sys.argv[1])
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else package / "_sync"
    written = []
    for source in sorted((package / "_async").glob("*.py")):
        if source.name in ("__init__.py", "waiting.py"):
            continue
        text = source.read_text()
        for pattern, replacement in _REPLACEMENTS:
            text = re.sub(pattern, replacement, text)
        head, end, rest = text.partition('"""\n')
        note = "\n\nGenerated from `_async` by `make generate`; do not edit.\n"
        target.joinpath(source.name).write_text(f"{head}{note}{end}{rest}")
        written.append(target / source.name)
    ruff = Path(sys.executable).with_name("ruff")
    subprocess.run([ruff, "check", "--quiet", "--fix", "--select", "I", *written], check=True)
    subprocess.run([ruff, "format", "--quiet", *written], check=True)


if __name__ == "__main__":
    main()
