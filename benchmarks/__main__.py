"""`make bench`: every benchmark, or those that are named, as one table."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import traceback

from benchmarks.ratio import Ratio

BENCHMARKS = ("training_step", "monitoring", "cold_map", "themes", "serving", "page", "growth", "replay")


def main() -> int:
    """Run the benchmarks one after another; the machine should do nothing else.

    One that fails leaves the others their rows.

    Returns:
        The exit code, 0 when none failed.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="all if none is named")
    names = parser.parse_args().names or BENCHMARKS
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    rows: list[Ratio] = []
    failed = []
    for name in names:
        print(f"measuring {name} ...", flush=True)
        try:
            rows += importlib.import_module(f"benchmarks.{name}").run()
        except Exception:
            traceback.print_exc()
            failed.append(name)
    print(table(rows))
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def table(rows: list[Ratio]) -> str:
    """The ratios as a Markdown table."""
    lines = [
        "| what | against | ours | theirs | ratio | to reach |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        met = "≤" if row.value <= row.reach else "missed: ≤"
        lines.append(
            f"| {row.what} | {row.against} | {row.shown(row.ours)} | {row.shown(row.theirs)} "
            f"| {row.value:.2f} | {met} {row.reach:.2f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
