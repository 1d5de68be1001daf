from __future__ import annotations

import os
from pathlib import Path

import pytest

from services.gateway.__main__ import main


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("ATLAS_HOST", "0.0.0.0", "ATLAS_API_KEYS"),
        ("ATLAS_COLOUR", "red", "ATLAS_COLOUR"),
        ("ATLAS_PORT", "many", "ATLAS_PORT"),
    ],
)
def test_wrong_settings_are_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    setting: str,
    value: str,
    sentence: str,
) -> None:
    for name in os.environ:
        if name.startswith("ATLAS_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv(setting, value)
    with pytest.raises(SystemExit) as leaving:
        main()
    assert leaving.value.code == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert len(said.splitlines()) == 1


def test_whether_keys_are_needed_goes_by_the_published_address(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a container the gateway listens everywhere; what counts is where its port is published."""
    monkeypatch.setenv("ATLAS_HOST", "192.0.2.1")
    with pytest.raises(SystemExit):
        main(["--bind", "127.0.0.1"])
    assert "ATLAS_API_KEYS" in capsys.readouterr().err
    monkeypatch.setenv("ATLAS_HOST", "127.0.0.1")
    # An address that no machine has: it gets as far as listening there.
    with pytest.raises(SystemExit):
        main(["--bind", "192.0.2.1"])
    assert "192.0.2.1:8000 cannot be listened on" in capsys.readouterr().err


def test_pages_that_are_listed_in_vain_are_told_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))
    monkeypatch.setenv("ATLAS_ALLOWED_ORIGINS", "https://hub.example.org")
    for keys, told in (("", True), ("k", False)):
        monkeypatch.setenv("ATLAS_API_KEYS", keys)
        # An address that no machine has: it gets as far as listening there.
        with pytest.raises(SystemExit):
            main(["--bind", "192.0.2.1"])
        said = capsys.readouterr()
        assert ("ATLAS_ALLOWED_ORIGINS changes nothing" in said.out + said.err) == told
