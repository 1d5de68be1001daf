from pathlib import Path

import pytest

from services.serving.base.errors import Code, ServingError
from services.serving.config.model_config import (
    All,
    Latest,
    Specific,
    initial_config,
    models_of,
    parse_config,
)


def test_the_text_format_in_all_its_variants() -> None:
    config = parse_config("""
        # two models, with and without colons, with commas and both kinds of quotes
        model_config_list: {
          config: { name: "half_plus_two", base_path: "/models/half", model_platform: "tensorflow" },
          config {
            name: 'gen' base_path: '/models/gen' model_platform: 'tensorflow'
            model_version_policy { specific { versions: 42 versions: 43 } }
            version_labels { key: 'stable' value: 42 } version_labels { key: 'canary' value: 43 }
          },
          config {
            name: 'all' base_path: '/models/all' model_platform: 'tensorflow'
            model_version_policy { all {} }
          }
          config {
            name: 'two' base_path: '/two' model_type: TENSORFLOW
            model_version_policy { latest { num_versions: 2 } }
          }
          config {
            name: 's3' base_path: 's3://bucket/two' model_platform: 'tensorflow'
            model_version_policy { latest {} }
          }
        }
    """)
    models = models_of(config)
    assert list(models) == ["half_plus_two", "gen", "all", "two", "s3"]
    assert [model.policy for model in models.values()] == [
        Latest(1), Specific(frozenset({42, 43})), All(), Latest(2), Latest(1),
    ]  # fmt: skip
    assert models["gen"].labels == {"stable": 42, "canary": 43}


def test_an_empty_list_is_a_configuration() -> None:
    config = parse_config("model_config_list {\n}\n")
    assert config.WhichOneof("config") == "model_config_list"
    assert models_of(config) == {}


def test_an_error_in_the_text_names_the_line() -> None:
    with pytest.raises(ServingError) as caught:
        parse_config("model_config_list { config { nmae: 'x' } }")
    assert caught.value.message.startswith(
        "Error parsing text-format tensorflow.serving.ModelServerConfig: 1:"
    )


ENTRY = "config {{ name: '{}' base_path: '{}' {} }}"
GOOD = "model_platform: 'tensorflow'"
NEITHER = (
    "Illegal setting neither ModelServerConfig::model_type (deprecated) nor "
    "ModelServerConfig::model_platform, model name is a"
)
BOTH = (
    "Illegal setting both ModelServerConfig::model_type (deprecated) and ModelServerConfig::model_platform"
)


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (
            ENTRY.format("a", "/a", GOOD) + ENTRY.format("a", "/b", GOOD),
            "Illegal to list model a multiple times in config list",
        ),
        (
            ENTRY.format("a", "models/a", GOOD),
            "Expected model a to have an absolute path or URI; got base_path()=models/a",
        ),
        (ENTRY.format("a", "/a", ""), NEITHER),
        (ENTRY.format("a", "/a", GOOD + " model_type: TENSORFLOW"), BOTH),
        (
            ENTRY.format("a", "/a", "model_platform: 'pytorch'"),
            "Model a requests unsupported platform pytorch",
        ),
        (
            ENTRY.format("a", "/a", GOOD + " logging_config { sampling_config { sampling_rate: 1 } }"),
            "No request-logger-creator provided.",
        ),
        (ENTRY.format("a", "/a", "model_type: OTHER"), "Model a requests unsupported platform other"),
    ],
)
def test_validation(entries: str, message: str) -> None:
    with pytest.raises(ServingError) as caught:
        models_of(parse_config(f"model_config_list {{ {entries} }}"))
    assert caught.value.code is Code.INVALID_ARGUMENT
    assert caught.value.message == message


def test_platforms() -> None:
    both = {"tensorflow", "fast"}
    entry = ENTRY.format("a", "/a", "model_platform: 'fast'")
    config = parse_config(f"model_config_list {{ {entry} }}")
    before = models_of(config, both)
    assert before["a"].platform == "fast"
    assert models_of(config, both, before) == before
    other = parse_config(f"model_config_list {{ {ENTRY.format('a', '/a', GOOD)} }}")
    assert models_of(other, both)["a"].platform == "tensorflow"
    # A changed platform is reported before an unknown one, as in TensorFlow Serving.
    for platforms in (both, {"fast"}):
        with pytest.raises(ServingError) as caught:
            models_of(other, platforms, before)
        assert caught.value.message == (
            "Illegal to change a model's platform. For model a platform was fast and new platform "
            "requested is tensorflow"
        )


def test_without_a_file_there_is_one_model(tmp_path: Path) -> None:
    (model,) = models_of(initial_config("", "only", "/models/only")).values()
    assert (model.name, model.base_path, model.policy) == ("only", "/models/only", Latest(1))
    with pytest.raises(ServingError, match="No such file"):
        initial_config(str(tmp_path / "none.config"), "", "")
