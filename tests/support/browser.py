"""A Chromium for the browser tests: the machine's own, or else the one from the page's npm packages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from tests.support.environment import clean_environment

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "services" / "web"
_PACKED = WEB / "node_modules" / "@sparticuz" / "chromium"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

ARGUMENTS = (
    "--no-sandbox",  # root may not use the sandbox; the tests open their own pages only
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
# Drawing in software through the graphics process costs five times as much as without one.
WITHOUT_WEBGL = ("--disable-gpu",)
# As on a machine without a graphics card: SwiftShader draws WebGL, and nothing else of the page.
WITH_WEBGL = ("--enable-unsafe-swiftshader",)


@dataclass(frozen=True)
class Chromium:
    """An executable that runs on this machine, and what it needs in its environment."""

    executable: str
    environment: dict[str, str] = field(default_factory=dict)


@cache
def find_browser() -> Chromium:
    """Chromium from the path; or else from the page's npm packages, unpacked once per user.

    Raises:
        RuntimeError: there is neither.
    """
    for name in _NAMES:
        found = shutil.which(name)
        if found and _runs(found, {}):
            return Chromium(found)
    if not _PACKED.is_dir():
        raise RuntimeError(
            f"The browser tests need Chromium: {', '.join(_NAMES)} on the path, "
            "or the page's packages (make install)."
        )
    return _unpacked()


@contextmanager
def launched(playwright: Playwright, webgl: bool = False, *more: str) -> Iterator[Browser]:
    """A headless browser, closed at the end. WebGL, if asked for, is drawn in software.

    Args:
        playwright: starts it.
        webgl: whether pages have WebGL.
        more: further arguments of Chromium.
    """
    chromium = find_browser()
    browser = playwright.chromium.launch(
        executable_path=chromium.executable,
        args=[*ARGUMENTS, *(WITH_WEBGL if webgl else WITHOUT_WEBGL), *more],
        env={**clean_environment(), **chromium.environment},
    )
    try:
        yield browser
    finally:
        browser.close()


def _unpacked() -> Chromium:
    version = json.loads((_PACKED / "package.json").read_bytes())["version"]
    folder = _cache() / f"latent-atlas-chromium-{os.getuid()}-{version}"
    if not folder.is_dir():
        _unpack(folder)
    executable = str(folder / "chromium")
    # Libraries that bare machines lack lie beside it; where the machine has them, its own are better.
    libraries = str(folder / "lib")
    candidates = [
        {},
        {"LD_LIBRARY_PATH": os.pathsep.join(filter(None, (libraries, os.environ.get("LD_LIBRARY_PATH"))))},
    ]
    system_fonts = Path("/etc/fonts/fonts.conf").exists()
    fonts = {} if system_fonts else {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    for environment in candidates:
        if _runs(executable, environment):
            return Chromium(executable, environment | fonts)
    raise RuntimeError(f"{executable} does not run here; install Chromium with the system's packages.")


def _cache() -> Path:
    """A folder that belongs to this user and outlives the tests, if there is one."""
    wanted = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    try:
        wanted.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir())
    return wanted if os.access(wanted, os.W_OK) else Path(tempfile.gettempdir())


def _unpack(folder: Path) -> None:
    """Brotli by Node, tar by Python; complete under another name first, so that no test sees half of it."""
    staging = Path(tempfile.mkdtemp(dir=folder.parent))
    script = """
        const { brotliDecompressSync } = require("node:zlib");
        const { readdirSync, readFileSync, writeFileSync } = require("node:fs");
        const [from, to] = process.argv.slice(1);
        for (const name of readdirSync(from).filter((name) => name.endsWith(".br"))) {
          const data = brotliDecompressSync(readFileSync(`${from}/${name}`));
          writeFileSync(`${to}/${name.slice(0, -3)}`, data);
        }
    """
    node = [str(ROOT / "deploy" / "with-node"), str(ROOT / ".venv"), "node"]
    subprocess.run([*node, "-e", script, "--", str(_PACKED / "bin"), str(staging)], check=True, cwd=ROOT)
    for archive in staging.glob("*.tar"):
        with tarfile.open(archive) as tar:
            # Python before 3.11.4 knows no filters; the archives are those of the lock file either way.
            if hasattr(tarfile, "data_filter"):
                tar.extractall(staging, filter="data")
            else:
                tar.extractall(staging)
        archive.unlink()
    (staging / "chromium").chmod(0o755)
    (staging / "fonts.conf").write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{folder}/fonts</dir>'
        f"<cachedir>{folder}/fonts-cache</cachedir></fontconfig>\n"
    )
    try:
        staging.rename(folder)
    except OSError:
        # Another process was faster.
        shutil.rmtree(staging)


def _runs(executable: str, environment: dict[str, str]) -> bool:
    try:
        done = subprocess.run(
            [executable, "--version"],
            env=clean_environment(**environment),
            capture_output=True,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
