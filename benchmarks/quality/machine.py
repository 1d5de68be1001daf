"""The machine that a training ran on, in words that mean something on another one."""

from __future__ import annotations

import os
import re
from pathlib import Path

_FLAGS = (("amx_bf16", "AMX-BF16"), ("avx512_bf16", "AVX512-BF16"), ("avx512f", "AVX512"), ("avx2", "AVX2"))


def machine(cpu_info: Path = Path("/proc/cpuinfo")) -> str:
    """Processor, cores that this process may use, and the widest arithmetic that matters here."""
    text = cpu_info.read_text() if cpu_info.exists() else ""
    model = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    flags = re.search(r"^flags\s*:\s*(.+)$", text, re.MULTILINE)
    known = set(flags[1].split()) if flags else set()
    widest = next((name for flag, name in _FLAGS if flag in known), "no vector extensions")
    cores = len(os.sched_getaffinity(0))
    counted = "1 core" if cores == 1 else f"{cores} cores"
    return f"{model[1].strip() if model else 'unknown processor'}, {counted}, {widest}"
