from pathlib import Path

import pytest

from services.trainer.backend import cpu_has_bfloat16, resolve_precision


@pytest.mark.parametrize(
    ("flags", "expected"), [("fpu avx512_bf16 sse", True), ("amx_bf16", True), ("fpu avx512f", False)]
)
def test_bfloat16_is_read_from_the_processors_flags(tmp_path: Path, flags: str, expected: bool) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(f"processor : 0\nflags : {flags}\n\nprocessor : 1\n")
    assert cpu_has_bfloat16(cpuinfo) is expected


def test_no_flags_no_bfloat16(tmp_path: Path) -> None:
    assert not cpu_has_bfloat16(tmp_path / "missing")


def test_an_asked_precision_stands() -> None:
    assert resolve_precision("float32") == "float32"
    assert resolve_precision("mixed_bfloat16") == "mixed_bfloat16"
    assert resolve_precision("auto") in ("float32", "mixed_bfloat16")
