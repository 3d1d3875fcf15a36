"""The files that are measured on: made once from a seed, kept in the cache folder."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
from measure import CACHE

CHUNK = 1_000_000
RACES = ("African-American", "Asian", "Caucasian", "Hispanic", "Native American", "Other")
SEXES = ("Female", "Male")
AGES = ("Less than 25", "25 - 45", "Greater than 45")
SITES = tuple(f"Site {number:02}" for number in range(1, 41))


def _write(name: str, columns: list[str], chunks: Iterator[list[pa.Array]]) -> Path:
    path = CACHE / name
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            file.write((",".join(columns) + "\n").encode())
            plain = pa.csv.WriteOptions(include_header=False, quoting_style="none")
            for chunk in chunks:
                pa.csv.write_csv(pa.table(chunk, names=columns), file, plain)
        unfinished.rename(path)
    return path


def _pick(random: np.random.Generator, values: tuple[str, ...], rows: int, p: list[float] | None = None) -> pa.Array:
    codes = random.choice(len(values), rows, p=p).astype(np.int8)
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(values)).cast(pa.string())


def audit_file(rows: int, *, groups: int = 6) -> Path:
    """Scored decisions: id, label, prediction, score, race (6 values, or 40 of equal size), sex, age (bands)."""

    def chunks() -> Iterator[list[pa.Array]]:
        random = np.random.default_rng(2026)
        for start in range(0, rows, CHUNK):
            n = min(CHUNK, rows - start)
            score = np.round(random.beta(2, 3, n), 4)
            yield [
                pa.array(np.arange(start, start + n)),
                pa.array((random.random(n) < score).astype(np.int8)),
                pa.array((score >= 0.5).astype(np.int8)),
                pa.array(score),
                _pick(random, SITES[:groups], n)
                if groups == 40
                else _pick(random, RACES, n, [0.45, 0.02, 0.34, 0.1, 0.01, 0.08]),
                _pick(random, SEXES, n, [0.4, 0.6]),
                _pick(random, AGES, n, [0.25, 0.5, 0.25]),
            ]

    return _write(f"audit-{rows}-{groups}.csv", ["id", "label", "prediction", "score", "race", "sex", "age"], chunks())


def wide_file(rows: int) -> Path:
    """A clean table of 20 columns, about 150 bytes a row: numbers, categories, dates, words."""

    def chunks() -> Iterator[list[pa.Array]]:
        random = np.random.default_rng(2026)
        words = tuple(f"{a}{b}" for a in ("north", "south", "east", "west", "upper") for b in ("field", "ton", "gate"))
        days = tuple(str(day) for day in np.arange("2024-01-01", "2026-01-01", dtype="datetime64[D]")[::6])
        for start in range(0, rows, CHUNK):
            n = min(CHUNK, rows - start)
            yield [
                pa.array(np.arange(start, start + n)),
                *(pa.array(random.integers(0, 10**digits, n)) for digits in (2, 3, 4, 5, 6, 8, 9)),
                *(pa.array(np.round(random.normal(50, 20, n), places)) for places in (1, 3, 4, 6)),
                *(_pick(random, days, n) for _ in range(2)),
                *(_pick(random, words, n) for _ in range(4)),
                *(_pick(random, values, n) for values in (("yes", "no"), SEXES)),
            ]

    return _write(f"wide-{rows}.csv", [f"column_{number}" for number in range(20)], chunks())


def dirty_file(rows: int, kind: str) -> Path:
    """The wide file gone wrong: "ragged", "quotes" (quoted cells with commas and line ends) or "cp1252"."""
    clean = wide_file(rows)
    path = CACHE / f"wide-{rows}-{kind}.csv"
    if not path.exists():
        lines = clean.read_text(encoding="utf-8").splitlines()
        for number in range(100, len(lines), 500):
            cells = lines[number].split(",")
            match kind:
                case "ragged":
                    cells = cells[:-3] if number % 1000 == 100 else [*cells, "extra"]
                case "quotes":
                    cells[14] = '"a ""quoted"" word,\nand a line end"'
                case "cp1252":
                    cells[14] = "Caf\u00e9 \u20ac"
                case _:
                    raise ValueError(kind)
            lines[number] = ",".join(cells)
        path.write_bytes(("\n".join(lines) + "\n").encode("cp1252" if kind == "cp1252" else "utf-8"))
    return path
