"""What answers depend on besides data and question: versions by name, as content/brief.yaml calls them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import metadata

from aipm.ui.registry import ROOT


def versions() -> Mapping[str, str]:
    """All of them, as they are in this process."""
    return known(*FOUND)


def known(*names: str) -> dict[str, str]:
    """Those of these names that there are; each is found out once a process."""
    return {name: FOUND[name]() for name in names if name in FOUND}


@cache
def _app() -> str:
    """As it was installed, or as the folder says that it is run from."""
    try:
        return metadata.version("aipm")
    except metadata.PackageNotFoundError:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        return str(project["version"])


@cache
def _catalogue() -> str:
    from aipm.selection.model_entries import texts

    return texts().as_of.isoformat()


@cache
def _prices() -> str:
    from aipm.selection.rates import PACKAGE, package_version

    return f"{PACKAGE} {package_version()}"


@cache
def _encoder() -> str:
    """The first digits of its file's checksum."""
    from aipm.encoder.weights import SHA256  # numpy

    return SHA256[:12]


@cache
def _rules() -> str:
    """Of the kinds of models, and which comes before which."""
    from aipm.selection.families import approach_texts

    return approach_texts().as_of


FOUND = {"app": _app, "catalogue": _catalogue, "prices": _prices, "encoder": _encoder, "rules": _rules}
