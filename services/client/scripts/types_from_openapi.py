"""Writes the client's dataclasses from the API's description: types_from_openapi.py OPENAPI TARGET."""

from __future__ import annotations

import json
import keyword
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

ROOTS = (
    "DatasetInfo",
    "DatasetPreview",
    "Preview",
    "TrainingSpec",
    "RunView",
    "StateChanged",
    "EpochEnded",
    "SnapshotTaken",
    "MapDrawn",
    "VersionExported",
    "WarningRaised",
    "ReportWritten",
    "Report",
    "ExperimentSpec",
    "ExperimentSummary",
    "ExperimentView",
    "ModelView",
    "Edit",
    "AblationMap",
    "Recipe",
)
"""What the client takes and gives as it is; what holds images or maps is written by hand, with arrays."""
RENAMED = {
    "DatasetInfo": "Dataset",
    "RunView": "Run",
    "ExperimentView": "Experiment",
    "CombinationView": "Combination",
    "ModelView": "Model",
}
_PLAIN = {"integer": "int", "number": "float", "string": "str", "boolean": "bool", "null": "None"}
_REF = "#/components/schemas/"
_HEAD = '''"""Generated from the API's description by `make generate`; do not edit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
'''


def main() -> None:
    """Read the description, write the module, and let ruff lay it out."""
    source, target = map(Path, sys.argv[1:3])
    schemas = json.loads(source.read_text())["components"]["schemas"]
    names: list[str] = []
    for root in ROOTS:
        _collect(root, schemas, names)
    classes = [_dataclass(name, schemas) for name in names]
    target.write_text("\n\n".join([_HEAD, *classes]))
    subprocess.run([Path(sys.executable).with_name("ruff"), "format", "--quiet", target], check=True)


def _collect(name: str, schemas: dict[str, Any], names: list[str]) -> None:
    """A schema after all those that it is made of, so that defaults can name their classes."""
    if name in names:
        return
    for part in _references(schemas[name]):
        _collect(part, schemas, names)
    if name not in names:
        names.append(name)


def _references(schema: Any) -> list[str]:
    if isinstance(schema, list):
        return [name for item in schema for name in _references(item)]
    if not isinstance(schema, dict):
        return []
    own = [schema["$ref"].removeprefix(_REF)] if "$ref" in schema else []
    return own + [
        name for key, item in schema.items() if key != "discriminator" for name in _references(item)
    ]


def _dataclass(name: str, schemas: dict[str, Any]) -> str:
    schema = schemas[name]
    properties = schema["properties"]
    said = schema.get("description", "") or f"`{name}` of the API."
    lines = ["@dataclass(frozen=True, kw_only=True)", f"class {RENAMED.get(name, name)}:"]
    lines += _docstring(said)
    for key, item in properties.items():
        if keyword.iskeyword(key):
            raise SystemExit(f"{name}.{key} cannot be a field; write the class by hand.")
        lines.append(f"    {key}: {_type(item)}{_default(name, key, schemas)}")
        if description := item.get("description"):
            lines += _docstring(description)
    return "\n".join(lines) + "\n"


def _docstring(text: str) -> list[str]:
    wrapped = textwrap.wrap(text.replace("\\", "\\\\"), 98)
    if len(wrapped) == 1:
        return [f'    """{wrapped[0]}"""']
    return [f'    """{wrapped[0]}', *(f"    {line}" for line in wrapped[1:]), '    """']


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REF)
        return RENAMED.get(name, name)
    for union in ("anyOf", "oneOf"):
        if union in schema:
            return " | ".join(_type(item) for item in schema[union])
    if "const" in schema:
        return f"Literal[{schema['const']!r}]"
    if "enum" in schema:
        return f"Literal[{', '.join(map(repr, schema['enum']))}]"
    match schema.get("type"):
        case "string" if schema.get("format") == "date-time":
            return "datetime"
        case "array" if "prefixItems" in schema:
            return f"tuple[{', '.join(_type(item) for item in schema['prefixItems'])}]"
        case "array":
            return f"tuple[{_type(schema['items'])}, ...]"
        case "object":
            inner = schema.get("additionalProperties", {})
            return f"dict[str, {_type(inner) if isinstance(inner, dict) else 'Any'}]"
        case None:
            return "Any"
        case plain:
            return _PLAIN[plain]


def _default(owner: str, key: str, schemas: dict[str, Any]) -> str:
    schema = schemas[owner]
    item = schema["properties"][key]
    if key in schema.get("required", ()):
        return ""
    if "default" not in item:
        # What may be null and need not be there is null; an answer always has the rest.
        return " = None" if "None" in _type(item).split(" | ") else ""
    default = item["default"]
    candidates = _references(item)
    if isinstance(default, dict) and candidates:
        (name,) = (
            name for name in candidates if "name" not in default or default["name"] == _tag(schemas[name])
        )
        own = schemas[name]["properties"]
        if any(value != own[part].get("default") for part, value in default.items()):
            raise SystemExit(f"{owner}.{key}: its default is not that of {name}.")
        return f" = field(default_factory={RENAMED.get(name, name)})"
    if isinstance(default, dict):
        return " = field(default_factory=dict)"
    return f" = {tuple(default) if isinstance(default, list) else default!r}"


def _tag(schema: dict[str, Any]) -> Any:
    return schema["properties"].get("name", {}).get("const")


if __name__ == "__main__":
    main()
