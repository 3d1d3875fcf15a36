"""The source of functions with everything in our own modules that they rest on, for a script that stands alone."""

import ast
import builtins
import importlib.util
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

OWN = "aipm"
_LINT_NOTE = re.compile(r"  # (?:noqa|type: ignore|fmt:)[^\"'\n]*$", re.MULTILINE)


class CannotCarryError(Exception):
    """A function rests on something that a script cannot have. A fault of ours, never of the person's."""


@dataclass(slots=True)
class Carried:
    """Imports and definitions in the order in which a script needs them."""

    imports: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By name: the module it comes from, and its source."""

    def add(self, functions: Iterable[Callable[..., Any]]) -> "Carried":
        for function in functions:
            self._name(function.__module__, function.__name__)
        return self

    @property
    def source(self) -> str:
        return "\n\n\n".join(source for _, source in self.definitions.values())

    def _name(self, module: str, name: str) -> None:
        """Carry what `name` means in a module."""
        statement = _bindings(module).get(name)
        if statement is None:
            if hasattr(builtins, name) or name == "__name__":
                return
            raise CannotCarryError(f"{module}: nothing binds {name}")
        if isinstance(statement, ast.Import | ast.ImportFrom):
            self._import(module, statement, name)
            return
        if name in self.definitions:
            if self.definitions[name][0] != module:
                raise CannotCarryError(f"{name} stands in both {module} and {self.definitions[name][0]}")
            return
        self.definitions[name] = (module, "")  # it may name itself
        for other in sorted(_names(statement)):
            if other in _bindings(module) or not hasattr(builtins, other):
                self._name(module, other)
        source = _LINT_NOTE.sub("", _segment(module, statement))
        del self.definitions[name]  # after what it rests on
        self.definitions[name] = (module, source)

    def _import(self, module: str, statement: ast.Import | ast.ImportFrom, name: str) -> None:
        alias = next(each for each in statement.names if (each.asname or each.name.partition(".")[0]) == name)
        if isinstance(statement, ast.Import):
            said = f"import {alias.name}" + (f" as {alias.asname}" if alias.asname else "")
        else:
            origin = statement.module or ""
            if origin.partition(".")[0] == OWN:
                if alias.asname:
                    raise CannotCarryError(f"{module}: {alias.name} goes by another name")
                self._name(origin, alias.name)
                return
            said = f"from {origin} import {alias.name}" + (f" as {alias.asname}" if alias.asname else "")
        if said.partition(" ")[2].startswith(OWN):
            raise CannotCarryError(f"{module}: {said}")
        if self.imports.setdefault(name, said) != said:
            raise CannotCarryError(f"{name} is imported in two ways")


@cache
def _text(module: str) -> str:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise CannotCarryError(f"{module} has no source")
    return Path(spec.origin).read_text(encoding="utf-8")


@cache
def _bindings(module: str) -> dict[str, ast.stmt]:
    """What each name at the top of a module is bound by."""
    found: dict[str, ast.stmt] = {}
    for statement in ast.parse(_text(module)).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            found[statement.name] = statement
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            found |= {each.asname or each.name.partition(".")[0]: statement for each in statement.names}
        elif isinstance(statement, ast.Assign):
            found |= {target.id: statement for target in statement.targets if isinstance(target, ast.Name)}
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            found[statement.target.id] = statement
    return found


def _segment(module: str, statement: ast.stmt) -> str:
    """The source of a statement, decorators included."""
    lines = _text(module).splitlines()
    first = min([statement.lineno, *(each.lineno for each in getattr(statement, "decorator_list", ()))])
    return "\n".join(lines[first - 1 : statement.end_lineno])


def _names(statement: ast.stmt) -> set[str]:
    """The names from outside that a statement uses when it runs: not those of annotations, nor its own."""
    used: set[str] = set()
    bound: set[str] = set()
    for node in _walk(statement):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == OWN:
            raise CannotCarryError(f"import of {node.module} within a function")
        elif isinstance(node, ast.Import | ast.ImportFrom):
            bound |= {each.asname or each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.ExceptHandler) and node.name:
            bound.add(node.name)
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        bound.discard(statement.name)
        used.discard(statement.name)
    return used - bound


def _walk(node: ast.AST) -> Iterable[ast.AST]:
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child)
