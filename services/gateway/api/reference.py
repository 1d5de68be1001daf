"""/docs: the API's reference as one page of HTML without scripts, made from the OpenAPI description.

The usual viewers load scripts from other hosts; this page works offline and under the strict CSP.
"""

from __future__ import annotations

import json
from html import escape
from itertools import groupby
from typing import Any

_STYLE = """
:root{color-scheme:light dark;--line:#8885;--soft:#8882}
body{font:16px/1.55 system-ui,sans-serif;max-width:62rem;margin:0 auto;padding:2rem 1.25rem 6rem}
h1{margin:0}h2{margin:2.5rem 0 .5rem;text-transform:capitalize}h4{margin:1rem 0 .25rem}
code,pre{font:.875em/1.5 ui-monospace,monospace}pre{background:var(--soft);padding:.75rem;overflow:auto;
border-radius:.4rem;margin:.25rem 0}
details{border:1px solid var(--line);border-radius:.5rem;margin:.4rem 0;padding:0 .9rem}
summary{cursor:pointer;padding:.55rem 0;display:flex;gap:.75rem;flex-wrap:wrap;align-items:baseline}
summary b{font:700 .75rem ui-monospace,monospace;min-width:3.5rem}summary span{opacity:.75}
table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{text-align:left;vertical-align:top;
padding:.35rem .6rem .35rem 0;border-top:1px solid var(--line)}th{font-weight:600}
.post{color:#0a7d4f}.get{color:#2458c5}.delete{color:#b3261e}.put{color:#8a5a00}
@media(prefers-color-scheme:dark){.post{color:#55d39b}.get{color:#8ab0ff}.delete{color:#ff9a92}
.put{color:#f0c06a}}
"""


def render(schema: dict[str, Any]) -> str:
    """The whole page."""
    info = schema["info"]
    operations = [
        (operation["tags"][0], method, path, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    sections = "".join(
        f"<h2>{escape(tag)}</h2>" + "".join(_operation(*item[1:]) for item in group)
        for tag, group in groupby(operations, key=lambda item: item[0])
    )
    models = "".join(
        f'<details id="{escape(name)}"><summary><code>{escape(name)}</code>'
        f"<span>{_text(model.get('description', ''))}</span></summary>{_fields(model)}</details>"
        for name, model in sorted(schema["components"]["schemas"].items())
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(info['title'])} API</title><style>{_STYLE}</style>"
        f"<h1>{escape(info['title'])} API</h1><p>{escape(info.get('summary', ''))} · "
        f'version {escape(info["version"])} · <a href="openapi.json">openapi.json</a> · '
        f'<a href="./">the page</a></p>'
        f"<div>{_prose(info.get('description', ''))}</div>{sections}<h2>Types</h2>{models}</html>"
    )


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    parts = [_prose(operation.get("description", ""))]
    if parameters := operation.get("parameters"):
        rows = "".join(_parameter(parameter) for parameter in parameters)
        parts.append(f"<h4>Parameters</h4><table>{rows}</table>")
    if body := operation.get("requestBody"):
        parts.append(f"<h4>Body</h4><p>{_text(body.get('description', ''))} {_forms(body)}</p>")
    rows = "".join(_response(status, answer) for status, answer in sorted(operation["responses"].items()))
    parts.append(f"<h4>Answers</h4><table>{rows}</table>")
    return (
        f'<details><summary><b class="{method}">{method.upper()}</b><code>{escape(path)}</code>'
        f"<span>{escape(operation.get('summary', ''))}</span></summary>{''.join(parts)}</details>"
    )


def _parameter(parameter: dict[str, Any]) -> str:
    return (
        f"<tr><th><code>{escape(parameter['name'])}</code> <small>{parameter['in']}</small></th>"
        f"<td>{_type(parameter['schema'])}</td><td>{_text(parameter.get('description', ''))}</td></tr>"
    )


def _response(status: str, answer: dict[str, Any]) -> str:
    headers = ", ".join(f"<code>{escape(name)}</code>" for name in answer.get("headers", {}))
    note = f"<br>headers: {headers}" if headers else ""
    description = f"{_text(answer['description'])}{note}"
    return f"<tr><th>{status}</th><td>{description}</td><td>{_forms(answer)}</td></tr>"


def _forms(described: dict[str, Any]) -> str:
    return "<br>".join(
        f"<code>{escape(form)}</code> {_type(content.get('schema', {}))}"
        for form, content in described.get("content", {}).items()
    )


def _fields(model: dict[str, Any]) -> str:
    if "properties" not in model:
        return f"<p>{_type(model)}</p>"
    required = model.get("required", ())
    rows = "".join(
        f"<tr><th><code>{escape(name)}</code>{'' if name in required else ' <small>optional</small>'}</th>"
        f"<td>{_type(field)}</td><td>{_text(field.get('description', ''))}{_default(field)}</td></tr>"
        for name, field in model["properties"].items()
    )
    return f"<table>{rows}</table>"


def _default(field: dict[str, Any]) -> str:
    default = field.get("default")
    return "" if default is None else f" <small>default <code>{escape(json.dumps(default))}</code></small>"


def _type(schema: dict[str, Any]) -> str:
    """A type in a few words, with links to the types it names."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", maxsplit=1)[-1])
        return f'<a href="#{name}">{name}</a>'
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return " or ".join(_type(item) for item in schema[choice])
    if "const" in schema:
        return f"<code>{escape(json.dumps(schema['const']))}</code>"
    if "enum" in schema:
        return " or ".join(f"<code>{escape(json.dumps(value))}</code>" for value in schema["enum"])
    kind = schema.get("type", "any")
    if kind == "array" and "items" in schema:
        return f"list of {_type(schema['items'])}"
    limits = [
        f"{sign} {schema[key]}"
        for key, sign in (
            ("minimum", "≥"),
            ("exclusiveMinimum", "&gt;"),
            ("maximum", "≤"),
            ("exclusiveMaximum", "&lt;"),
        )
        if key in schema
    ]
    text = "bytes" if schema.get("format") == "binary" else escape(str(kind))
    return f"{text} <small>{', '.join(limits)}</small>" if limits else text


def _prose(text: str) -> str:
    """Paragraphs and lists of the little Markdown that our descriptions use."""
    blocks = []
    for block in text.split("\n\n"):
        if block.startswith("* "):
            items = "".join(f"<li>{_text(item)}</li>" for item in block[2:].split("\n* "))
            blocks.append(f"<ul>{items}</ul>")
        elif block:
            blocks.append(f"<p>{_text(block)}</p>")
    return "".join(blocks)


def _text(text: str) -> str:
    """Inline Markdown: code between backticks, strong between double asterisks."""
    pieces = escape(text).split("`")
    for number, piece in enumerate(pieces):
        if number % 2:
            pieces[number] = f"<code>{piece}</code>"
        else:
            strong = piece.split("**")
            strong[1::2] = [f"<strong>{word}</strong>" for word in strong[1::2]]
            pieces[number] = "".join(strong)
    return "".join(pieces)
