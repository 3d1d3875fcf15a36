"""Typed, validated access to the texts in content/: a broken file fails at load with file, key and reason."""

from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

T = TypeVar("T")
FOLDER = Path(__file__).resolve().parents[2] / "content"


class ContentError(Exception):
    """A content file that does not hold what it should: file, key, reason."""


@cache
def load(name: str, kind: type[T]) -> T:
    """Read content/NAME.yaml as `kind` (a dataclass, or a container of them)."""
    path = FOLDER / f"{name}.yaml"
    try:
        return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), kind, strict=True)
    except OSError as problem:
        raise ContentError(f"{path.name}: cannot be read ({problem.strerror})") from problem
    except yaml.YAMLError as problem:
        raise ContentError(f"{path.name}: not valid YAML ({problem})") from problem
    except msgspec.ValidationError as problem:
        raise ContentError(f"{path.name}: {problem}") from problem
