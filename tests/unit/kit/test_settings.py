"""Settings: strict names and values, and one sentence for each mistake."""

from pathlib import Path

import pytest

from services.contracts.errors import InvalidInput
from services.kit.settings import Settings, load_settings, require_guarded


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = load_settings({"PATH": "/bin"})
    assert settings.home == Path(".atlas").absolute()
    assert (settings.host, settings.port, settings.first_run) == ("127.0.0.1", 8000, "on")
    assert settings.effective_cache_url == settings.redis_url


def test_values_are_read_by_their_names() -> None:
    settings = load_settings(
        {"ATLAS_PORT": "9000", "ATLAS_API_KEYS": "a, b,", "ATLAS_DATA_DIR": "", "ATLAS_ALLOW_OPEN": "1"}
    )
    assert (settings.port, settings.api_keys) == (9000, ("a", "b"))
    assert (settings.data_dir, settings.allow_open) == (None, True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ATLAS_PORT", "0"),
        ("ATLAS_PORT", "http"),
        ("ATLAS_FIRST_RUN", "yes"),
        ("ATLAS_REDIS_URL", "localhost"),
        ("ATLAS_LOG_LEVEL", "loud"),
        ("ATLAS_ALLOW_OPEN", "maybe"),
        ("ATLAS_PROT", "8000"),
        ("ATLAS_ALLOWED_HOSTS", "atlas.example.org, *"),
        ("ATLAS_ALLOWED_HOSTS", "*.example.org"),
        ("ATLAS_ALLOWED_HOSTS", "http://atlas.example.org"),
        ("ATLAS_ALLOWED_HOSTS", "atlas.example.org:8000"),
        ("ATLAS_ALLOWED_HOSTS", "atlas.example.org/"),
        ("ATLAS_ALLOWED_ORIGINS", "*"),
        ("ATLAS_ALLOWED_ORIGINS", "null"),
        ("ATLAS_ALLOWED_ORIGINS", "hub.example.org"),
        ("ATLAS_ALLOWED_ORIGINS", "https://hub.example.org/lab"),
        ("ATLAS_ALLOWED_ORIGINS", "https://hub.example.org:99999"),
        ("ATLAS_ALLOWED_ORIGINS", "https://user@hub.example.org"),
        ("ATLAS_ALLOWED_ORIGINS", "https://*.example.org"),
        ("ATLAS_ALLOWED_ORIGINS", "ftp://hub.example.org"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(InvalidInput, match=name) as caught:
        load_settings({name: value})
    assert "\n" not in caught.value.message


def test_names_are_normalised() -> None:
    settings = load_settings(
        {
            "ATLAS_ALLOWED_HOSTS": "Atlas.Example.ORG., [2001:DB8:0::1],192.0.2.1,",
            "ATLAS_ALLOWED_ORIGINS": "HTTPS://Hub.example.org:443,http://localhost:8888, http://[::1]:80",
        }
    )
    assert settings.allowed_hosts == ("atlas.example.org", "2001:db8::1", "192.0.2.1")
    assert settings.allowed_origins == ("https://hub.example.org", "http://localhost:8888", "http://[::1]")
    assert load_settings({"ATLAS_ALLOWED_HOSTS": "", "ATLAS_ALLOWED_ORIGINS": " "}).allowed_hosts == ()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_an_open_gateway_may_listen_on_loopback(host: str) -> None:
    require_guarded(Settings(host=host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])
def test_an_open_gateway_may_not_listen_beyond(host: str) -> None:
    with pytest.raises(InvalidInput, match="ATLAS_API_KEYS"):
        require_guarded(Settings(host=host))
    require_guarded(Settings(host=host, api_keys=("k",)))
    require_guarded(Settings(host=host, allow_open=True))
