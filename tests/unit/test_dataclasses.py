"""Dataclasses that hold arrays are compared by identity: `==` of two arrays has no truth value."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ARRAYS = frozenset({"NDArray", "ndarray", "Array"})
FOLDERS = ("services", "benchmarks", "tests")


@dataclass(frozen=True)
class Found:
    """A dataclass in the source: names in its fields' types, and whether `==` is made for it."""

    where: str
    mentions: frozenset[str]
    compares: bool


def dataclasses() -> dict[str, Found]:
    """All dataclasses of the repository by name; type aliases count as what they mention."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "node_modules" in path.parts:
                continue
            tree = ast.parse(path.read_text())
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef) and (decorator := dataclass_decorator(node)):
                    where = f"{path.relative_to(ROOT)}:{node.lineno}"
                    found[node.name] = Found(where, frozenset(mentioned(node, tree)), compares(decorator))
    return found


def dataclass_decorator(node: ast.ClassDef) -> ast.expr | None:
    for decorator in node.decorator_list:
        name = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(name, ast.Name) and name.id == "dataclass":
            return decorator
    return None


def compares(decorator: ast.expr) -> bool:
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    return not any(
        keyword.arg == "eq" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        for keyword in keywords
    )


def mentioned(node: ast.ClassDef, tree: ast.Module) -> Iterator[str]:
    """Names in the types of fields that take part in `==`, and in what the file's aliases stand for."""
    aliases = {
        target.id: statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    for field in node.body:
        if not isinstance(field, ast.AnnAssign) or "compare=False" in ast.unparse(field):
            continue
        for part in ast.walk(field.annotation):
            if isinstance(part, ast.Name):
                yield part.id
                if part.id in aliases:
                    yield from (
                        name.id for name in ast.walk(aliases[part.id]) if isinstance(name, ast.Name)
                    )


def test_none_that_holds_arrays_compares_them() -> None:
    found = dataclasses()
    holding = set(ARRAYS)
    while grown := {name for name, one in found.items() if one.mentions & holding} - holding:
        holding |= grown
    wrong = [one.where for name, one in found.items() if name in holding and one.compares]
    assert not wrong, f"write @dataclass(eq=False) at {', '.join(wrong)}"
    assert {"_Task", "Dataset", "Images"} <= holding
