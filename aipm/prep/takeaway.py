"""All that a preparation leaves behind, file by file: the parts, the recipe, what was learned, script, report."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import IO

from aipm.prep.finding import Finding
from aipm.prep.fitted import fitted, fitted_bytes
from aipm.prep.prepared import Prepared
from aipm.prep.recipe import Recipe
from aipm.prep.recipe_file import dump
from aipm.prep.report import render
from aipm.prep.script import script
from aipm.prep.source import COPY, Source
from aipm.prep.write import WRITERS, file_name, sqlite_bytes
from aipm.tables import Reading

SQLITE = "sqlite"
DATABASE = "prepared.sqlite"
KINDS = (*WRITERS, SQLITE)
Write = Callable[[IO[bytes]], object]
DAY = (1980, 1, 1, 0, 0, 0)
"""What the files in an archive are dated: so that the same preparation gives the same archive."""


def files(
    recipe: Recipe,
    prepared: Prepared,
    source: Source,
    *,
    reading: Reading,
    generated: datetime,
    findings: Iterable[Finding] = (),
    kinds: Iterable[str] = (),
    known: Mapping[str, str] | None = None,
    learned_from: str | None = None,
) -> Iterator[tuple[str, Write]]:
    """Names and what writes each file, one after the other. CSV always; `kinds` are further formats.

    `known` are answers to the datasheet's questions; `learned_from` names the file that another run learned from.
    """
    kinds = tuple(dict.fromkeys(("csv", *kinds)))
    for part, frame in prepared.parts.items():
        for kind in kinds:
            if kind in WRITERS:
                yield file_name(part, kind), partial(WRITERS[kind], frame)
    if SQLITE in kinds:
        yield DATABASE, lambda stream: stream.write(sqlite_bytes(prepared.parts))
    learned = fitted(recipe, prepared, source)
    if learned_from is not None:
        learned["learned_from"] = learned_from
    yield "recipe.yaml", lambda stream: stream.write(dump(recipe).encode())
    yield "fitted.json", lambda stream: stream.write(fitted_bytes(learned))
    yield "prepare.py", lambda stream: stream.write(script(recipe, prepared, source).encode())
    report = partial(
        render,
        recipe,
        prepared,
        source,
        fitted=learned,
        reading=reading,
        generated=generated,
        findings=tuple(findings),
        known=known,
    )
    yield "report.html", lambda stream: stream.write(report().encode())
    if source.copy is not None:
        copy = source.copy
        yield COPY, lambda stream: stream.write(copy)


def archive(named: Iterable[tuple[str, Write]]) -> bytes:
    """The files as one ZIP."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, write in named:
            one = io.BytesIO()
            write(one)
            about = zipfile.ZipInfo(name, DAY)
            about.compress_type = zipfile.ZIP_STORED if name.endswith((".gz", ".parquet")) else zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            packed.writestr(about, one.getvalue())
    return held.getvalue()
