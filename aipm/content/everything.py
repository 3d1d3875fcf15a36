"""Every passage of the content that somebody may want to find: its text, the page it is on, the address that shows it.

Read from the files as they stand, so that what is added to a page can be found without a further line of code.
content/search.yaml says what belongs to which page.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from aipm import content

LEAST_WORDS, LEAST_ALONE, MOST_CHARACTERS = 6, 10, 600
"""Shorter is a label, the more so under no name; longer is cut, for a vector of a long text is near to everything."""

_NOT_READ = {
    *(
        "url",
        "link",
        "links",
        "icon",
        "file_name",
        "licence",
        "credit",
        "evidence",
        "source",
        "page",
        "query",
        "key",
        "id",
    ),
    *("placeholder", "working", "examples", "label", "alt", "prompt", "pattern", "genai_id", "at", "unit"),
}
"""Keys under which there is nothing to read, or what a person types and not what they are told."""
_NAMES = ("company", "title", "name", "question")
"""Keys that name what the rest of a mapping is about."""
_TEMPLATE = re.compile(r"\{\w*[^{}]*\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongs:
    """Which page a content file is shown on; `only` these of its keys; `links` as in content/search.yaml."""

    page: str | None = None
    left_out: str | None = None
    only: tuple[str, ...] = ()
    links: dict[str, dict[str, str]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """All of content/search.yaml."""

    prefixes: dict[str, str]
    files: dict[str, Belongs]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """`section` is what the passage stands under; `page` a key of the registry; `query` its part of the address."""

    page: str
    section: str
    text: str
    query: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> str:
        """What is compared: a sentence says more together with what it is about."""
        return f"{self.section}: {self.text}" if self.section else self.text


def unknown() -> list[str]:
    """Content files of which nobody said which page they belong to."""
    return [name for name in _files() if _belongs(name) is None]


@cache
def passages() -> tuple[Passage, ...]:
    """Everything that can be found, in the order of the pages; no text twice on a page."""
    found: dict[tuple[str, str], Passage] = {}
    for key, text in _pages().items():
        found[key, text["summary"]] = Passage(page=key, section=text["title"], text=text["summary"])
    for name in _files():
        belongs = _belongs(name)
        if belongs is None or belongs.page is None:
            continue
        for passage in _of(name, belongs.page, belongs):
            found.setdefault((passage.page, passage.text), passage)
    order = {page: place for place, page in enumerate(_pages())}
    return tuple(sorted(found.values(), key=lambda passage: order[passage.page]))


def _files() -> list[str]:
    return sorted(path.stem for path in content.FOLDER.glob("*.yaml"))


@cache
def _pages() -> Mapping[str, Any]:
    pages: Mapping[str, Any] = _read("pages")["pages"]
    return pages


def _belongs(name: str) -> Belongs | None:
    said: Search = content.load("search", Search)
    if name in said.files:
        return said.files[name]
    page = next((page for prefix, page in said.prefixes.items() if name.startswith(prefix)), None)
    page = page or next((page for page in _pages() if name == page or name.startswith(f"{page}_")), None)
    return None if page is None else Belongs(page=page)


def _read(name: str) -> Any:
    text = (content.FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, content.LOADER)  # noqa: S506 - the safe loader


def _of(name: str, page: str, belongs: Belongs) -> Iterator[Passage]:
    held = _read(name)
    if belongs.only:
        held = {key: held[key] for key in belongs.only if key in held}
    if isinstance(held, Mapping):
        held = {key: value for key, value in held.items() if key not in _NAMES}
    for path, section, text in _walk(held, (), ()):
        yield Passage(page=page, section=section, text=text, query=_query(path, belongs.links or {}))


def _walk(node: Any, path: tuple[str, ...], names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Each text worth finding with where it stands and under which names, the two innermost."""
    if isinstance(node, Mapping):
        own = next((node[key] for key in _NAMES if isinstance(node.get(key), str)), None)
        if own is not None and not _TEMPLATE.search(own):
            names = (*names, own)
        for key, value in node.items():
            if key not in _NOT_READ and value != own:
                yield from _walk(value, (*path, str(key)), names)
    elif isinstance(node, list):
        for value in node:
            yield from _walk(value, path, names)
    elif isinstance(node, str) and _worth(node, LEAST_WORDS if names else LEAST_ALONE):
        yield path, " › ".join(names[-2:]), " ".join(node.split())[:MOST_CHARACTERS]


def _worth(text: str, least: int) -> bool:
    return len(text.split()) >= least and not _TEMPLATE.search(text) and "://" not in text.split(maxsplit=1)[0]


def _query(path: tuple[str, ...], links: Mapping[str, Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    """The address of the longest place in `links` that the path begins with."""
    for place in sorted(links, key=len, reverse=True):
        steps = place.split(".") if place else []
        if len(path) < len(steps) or any(step not in {"*", at} for step, at in zip(steps, path, strict=False)):
            continue
        star = next((at for step, at in zip(steps, path, strict=False) if step == "*"), "")
        return tuple((key, star if value == "*" else value) for key, value in links[place].items())
    return ()
