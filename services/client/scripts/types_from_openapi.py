"""Writes the client's dataclasses from the API's description: types_from_openapi.py OPENAPI PACKAGE.

One module for each noun of the API. A class is written with the first noun that needs it.
"""

from __future__ import annotations

import json
import keyword
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

NOUNS = {
    "datasets": ("DatasetInfo", "DatasetPreview"),
    "training": ("TrainingSpec",),
    "previews": ("Preview",),
    "runs": ("RunView",),
    "continuations": ("Continuation", "ContinuedRun", "StateList", "PrunedStates"),
    "events": (
        "StateChanged",
        "EpochEnded",
        "SnapshotTaken",
        "MapDrawn",
        "VersionExported",
        "WarningRaised",
        "ReportWritten",
    ),
    "reports": ("Report",),
    "experiments": ("ExperimentSpec", "ExperimentSummary", "ExperimentView", "RunComparison"),
    "themes": ("ThemeView",),
    "models": ("ModelView", "Edit"),
    "maps": ("AblationMap",),
    "recipes": ("Recipe",),
}
"""Schemas that the client takes and returns as they are, by module. Results with images or maps are written
by hand, with arrays."""
RENAMED = {
    "DatasetInfo": "Dataset",
    "RunView": "Run",
    "ExperimentView": "Experiment",
    "CombinationView": "Combination",
    "ThemeView": "Theme",
    "ModelView": "Model",
}
_PLAIN = {"integer": "int", "number": "float", "string": "str", "boolean": "bool", "null": "None"}
_REF = "#/components/schemas/"
_PACKAGE = "latent_atlas_client.types"
_NOTE = "Generated from the API's description by `make generate`; do not edit."
_LIBRARIES = {
    "dataclasses": ("dataclass", "field"),
    "datetime": ("datetime",),
    "typing": ("Any", "Literal"),
}
"""Names that the modules may need, by the library that has them."""


def main() -> None:
    """Replace the package's modules by new ones, formatted by ruff."""
    source, package = map(Path, sys.argv[1:3])
    schemas = json.loads(source.read_text())["components"]["schemas"]
    package.mkdir(exist_ok=True)
    for stale in package.glob("*.py"):
        stale.unlink()
    homes: dict[str, str] = {}
    written = [package / "__init__.py"]
    for noun, roots in NOUNS.items():
        names: list[str] = []
        for root in roots:
            _collect(root, schemas, homes, names)
        homes |= dict.fromkeys(names, noun)
        written.append(package / f"{noun}.py")
        written[-1].write_text(_module(noun, names, homes, schemas))
    written[0].write_text(_init(homes))
    ruff = Path(sys.executable).with_name("ruff")
    subprocess.run([ruff, "check", "--quiet", "--fix", "--select", "F401,I,RUF022", *written], check=True)
    subprocess.run([ruff, "format", "--quiet", *written], check=True)


def _module(noun: str, names: list[str], homes: dict[str, str], schemas: dict[str, Any]) -> str:
    """The source of one module; it imports what its classes name."""
    body = "\n\n".join(_dataclass(name, schemas) for name in names)
    # Neither the words of docstrings nor the names of fields.
    code = re.sub(r'""".*?"""|^    \w+:', "", body, flags=re.DOTALL | re.MULTILINE)
    used = set(re.findall(r"\w+", code))
    imports = ["from __future__ import annotations\n"]
    for library, offered in _LIBRARIES.items():
        if needed := [name for name in offered if name in used]:
            imports.append(f"from {library} import {', '.join(needed)}")
    parts = dict.fromkeys(part for name in names for part in _references(schemas[name]))
    imports += [_import(part, homes[part]) for part in parts if homes[part] != noun]
    title = f"Types of the API: {noun}."
    return f'"""{title}\n\n{_NOTE}\n"""\n\n' + "\n".join(imports) + f"\n\n\n{body}"


def _import(name: str, noun: str) -> str:
    return f"from {_PACKAGE}.{noun} import {RENAMED.get(name, name)}"


def _init(homes: dict[str, str]) -> str:
    """The source of the package itself: every class under one roof."""
    imports = [_import(name, noun) for name, noun in homes.items()]
    names = [RENAMED.get(name, name) for name in homes]
    return f'"""Types of the API.\n\n{_NOTE}\n"""\n\n' + "\n".join(imports) + f"\n\n__all__ = {names!r}\n"


def _collect(name: str, schemas: dict[str, Any], homes: dict[str, str], names: list[str]) -> None:
    """Add a schema after all those that it is made of, so that defaults can name their classes."""
    if name in homes or name in names:
        return
    for part in _references(schemas[name]):
        _collect(part, schemas, homes, names)
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
    description = schema.get("description", "") or f"`{name}` of the API."
    lines = ["@dataclass(frozen=True, kw_only=True)", f"class {RENAMED.get(name, name)}:"]
    lines += _docstring(description)
    for key, item in properties.items():
        if keyword.iskeyword(key):
            raise SystemExit(f"{name}.{key} cannot be a field; write the class by hand.")
        lines.append(f"    {key}: {_type(item)}{_default(name, key, schemas)}")
        if item.get("description"):
            lines += _docstring(item["description"])
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
        # An optional field that may be null is null when it is missing; answers always have the others.
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
