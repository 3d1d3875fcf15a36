"""Lines of text -> how cells are delimited and quoted: the reading in which rows are even and cells are clean."""

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from aipm.tables.cells import TYPED, Kind, kind_of
from aipm.tables.records import Dialect, read_records

_USUAL = ",;\t|"
_CONTROL = "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1c\x1d\x1e\x1f"
_SELDOM = "#!*§¦¬¤·þ¶°"
_WORDY = "/-._\\=+@&?%$"
_PRIOR = {
    **dict.fromkeys(_USUAL + _CONTROL, 1.0),
    **dict.fromkeys("^~", 0.9),
    **dict.fromkeys(_SELDOM, 0.8),
    **dict.fromkeys(_WORDY, 0.2),
    ":": 0.75,
    " ": 0.6,
}
"""How likely a character is a delimiter before the file is seen; several characters in a row are likelier."""
STAND_IN = "\x1f"
"""Takes the place of a delimiter of several characters, or of none: one column."""
_LINES = 240
_CELLS = 1_500
_CLOSE = 0.85
_USUALLY = 0.6


@dataclass(frozen=True, slots=True)
class Notation:
    """How the file writes a table down.

    `dialect` reads it once `plain` has taken away what RFC 4180 does not know: a delimiter of several characters,
    backslashes before quotes (`escaped`), lines quoted as a whole (`wrapped`), double quotes that are doubled although
    single ones are the quote (`doubled`: left from another notation). `declared`: a first line `sep=` said
    so. `unsure`: another delimiter fits nearly as well.
    """

    dialect: Dialect
    delimiter: str
    escaped: bool = False
    wrapped: bool = False
    doubled: bool = False
    declared: bool = False
    unsure: bool = False

    @property
    def ordinary(self) -> bool:
        """Whether the file is plain as it stands."""
        return not (self.escaped or self.wrapped or self.doubled) and len(self.delimiter) <= 1

    def plain(self, text: str) -> str:
        """The same table in the notation of `dialect`, line for line."""
        if self.wrapped:
            text = _WRAPPED.sub(lambda m: m.group(1).replace('""', '"'), text)
        if self.escaped:
            quote = self.dialect.quote or '"'
            text = re.sub(rf"\\([\\{quote}])", lambda m: 2 * quote if m.group(1) == quote else "\\", text)
        if self.doubled:
            text = text.replace('""', '"')
        if len(self.delimiter) > 1:
            text = text.replace(self.delimiter, STAND_IN)
        return text


_SIGNS = re.compile(r"[^\w\s\"'`.+-]{2,4}|\t{2,4}")
_CLOCK = re.compile(r"\d:\d\d")
_WRAPPED = re.compile(r'^"((?:[^"\r\n]|"")*)"[ \t]*(?=[\r\n]|\Z)', re.MULTILINE)
_SEPARATOR_LINE = re.compile(r"\"?sep=(.{1,3}?)\"?[,;\t ]*(?:\r\n|\r|\n)", re.IGNORECASE)


def detect_notation(lines: Sequence[str], *, delimiter: str | None = None, quote: str | None = None) -> Notation:
    """The notation of a sample of lines (with their ends); `delimiter` and `quote` are what a person chose."""
    text = "".join(lines)
    if declared := separator_line(text):
        found = detect_notation(lines[1:], delimiter=delimiter or declared, quote=quote)
        return replace(found, declared=True)
    lines = [line for line in lines if line.strip()][:_LINES]
    told = [line for line in lines if not line.startswith(("#", "%", "//"))]
    lines = told if 2 * len(told) > len(lines) else lines
    best = _best(lines, delimiter, quote)
    if delimiter is None and quote is None and best.width == 1 and _wrapped(lines):
        inner = _best([_WRAPPED.sub(lambda m: m.group(1).replace('""', '"'), line) for line in lines], None, None)
        if inner.width > 1:
            return replace(inner.notation, wrapped=True)
    return best.notation


def separator_line(text: str) -> str | None:
    """The delimiter that a first line `sep=;`, as spreadsheets write it, declares."""
    match = _SEPARATOR_LINE.match(text)
    return match.group(1) if match else None


def _wrapped(lines: Sequence[str]) -> bool:
    return len(lines) > 1 and sum(bool(_WRAPPED.match(line)) for line in lines) >= 0.9 * len(lines)


@dataclass(frozen=True, slots=True)
class _Trial:
    notation: Notation
    score: float
    width: int


def _best(lines: Sequence[str], delimiter: str | None, quote: str | None) -> _Trial:
    if delimiter is not None:
        return _trial(lines, _notation(lines, delimiter, quote))
    trials = sorted(
        (_trial(lines, _notation(lines, candidate, quote)) for candidate in _candidates(lines)),
        key=lambda trial: -trial.score,
    )
    single = _one_column(lines, quote)
    rivals = [trial for trial in trials if trial.width > 1]
    if not rivals or single.score >= rivals[0].score:
        unsure = any(sum(sign in line for line in lines) > _USUALLY * len(lines) for sign in _USUAL)
        return replace(single, notation=replace(single.notation, unsure=unsure))
    unsure = len(rivals) > 1 and rivals[1].score > _CLOSE * rivals[0].score
    return replace(rivals[0], notation=replace(rivals[0].notation, unsure=unsure))


def _candidates(lines: Sequence[str]) -> list[str]:
    """Delimiters that stand in enough of the lines; odd ones only where they stand in nearly all."""
    present = Counter(character for line in lines for character in set(line))
    most = 0.9 * len(lines)
    found = [c for c in _USUAL if present[c]]
    found += [c for c in ":^~ " if present[c] >= _USUALLY * len(lines)]
    found += [c for c in _CONTROL + _SELDOM + _WORDY if present[c] >= most]
    text = "".join(lines)
    runs = Counter(run for line in lines for run in set(_SIGNS.findall(line)))
    several = [run for run, count in runs.items() if count >= most and _stands_alone(run, text, len(lines))]
    return [c for c in found if not any(c in run for run in several)] + several


def _stands_alone(run: str, text: str, lines: int) -> bool:
    """Whether the characters of a delimiter of several stand nowhere else (",," once a line is rather a gap)."""
    count = text.count(run)
    often = count >= 2 * lines or not set(run) <= set(_USUAL) - {"|"}
    return often and all(text.count(character) == count * run.count(character) for character in set(run))


def _notation(lines: Sequence[str], delimiter: str, quote: str | None) -> Notation:
    """The delimiter with the quote, escape and spacing that go with it."""
    text = "".join(lines)
    edge = re.escape(delimiter)
    if quote is None:
        quote = _quote(text, edge)
    escaped = bool(quote) and _escapes(text, edge, quote)
    spaced = delimiter == " " or bool(quote and re.search(f"(?:{edge}) +{quote}[^{quote}]", text))
    if spaced and delimiter != " ":  # the space belongs to the delimiter only where most quotes stand behind one
        tight = len(re.findall(f"(?:{edge}){quote}", text))
        spaced = len(re.findall(f"(?:{edge}) +{quote}", text)) > tight
    dialect = Dialect(delimiter if len(delimiter) == 1 else STAND_IN, quote or None, spaced)
    doubled = quote == "'" and '""' in text and not re.search('(?<!")"(?:"")*(?!")', text)
    return Notation(dialect, delimiter, escaped=escaped, doubled=doubled)


def _quote(text: str, edge: str) -> str:
    """The quote: double unless others stand around cells, at both ends, more often."""

    def around(quote: str) -> int:
        opening = len(re.findall(f"(?:^|{edge}) *{quote}(?! )", text, re.MULTILINE))
        closing = len(re.findall(f"(?<! ){quote} *(?:{edge}|$|\r)", text, re.MULTILINE))
        return min(opening, closing)

    return max('"', *(quote for quote in "'`" if quote in text), key=around) if set("'`") & set(text) else '"'


def _escapes(text: str, edge: str, quote: str) -> bool:
    """Whether backslashes stand before the quotes inside cells, and not merely before some, or at the end of paths."""
    inner = rf"(?! *(?:{edge}|[\r\n]|$))"
    escaped = len(re.findall(rf"\\{quote}{inner}", text))
    bare = len(re.findall(rf"[\w.!?)]{quote}(?={quote}|\w| \w){inner}", text)) if escaped else 0
    return escaped > bare


def _trial(lines: Sequence[str], notation: Notation) -> _Trial:
    """How even the rows and how clean the cells are in this reading: at most 1."""
    plain = io.StringIO(notation.plain("".join(lines)), newline="")
    rows = [cells for _, cells, _ in read_records(plain, notation.dialect) if any(cells)]
    if not rows:
        return _Trial(notation, 0.0, 1)
    widths = list(map(len, rows))
    width, even = _evenness(widths)
    if width == 1:
        return _Trial(notation, 0.0, 1)
    cells = [cell for row in rows if len(row) == width for cell in row]
    cells = cells[:: 1 + len(cells) // _CELLS]
    kinds = [kind_of(cell) for cell in cells]
    clean = sum(map(_cleanness, cells, kinds)) / len(cells)
    delimiter = notation.delimiter
    prior = _PRIOR.get(delimiter, 0.9)
    if _beside_quotes(lines, notation):
        prior = max(prior, 0.95)
    elif delimiter == " " and sum(kind in TYPED for kind in kinds) < 0.3 * len(kinds):
        prior *= 0.5
    elif delimiter == " " and sum("  " in line.strip() for line in lines) >= _USUALLY * len(lines):
        prior = 0.9
    elif delimiter in _SELDOM + _WORDY and (width < 3 or even < 0.9):
        prior = 0.1
    if delimiter == "," and width == 2 and _decimal_commas(lines):
        prior = 0.5
    if delimiter == ":" and sum(bool(_CLOCK.search(line)) for line in lines) >= _USUALLY * len(lines):
        prior *= 0.3
    return _Trial(notation, even**2 * clean * (1 - 1 / width) * prior, width)


def _beside_quotes(lines: Sequence[str], notation: Notation) -> bool:
    """Whether in most lines the delimiter stands beside a quote: then it is one, whatever the character."""
    quote, delimiter = notation.dialect.quote, notation.delimiter
    if not quote:
        return False
    beside = sum(quote + delimiter in line or delimiter + quote in line for line in lines)
    return beside >= _USUALLY * len(lines)


def _evenness(widths: Sequence[int]) -> tuple[int, float]:
    """The width of most rows, and the share of rows that have it or, in several tables, that of a neighbour."""
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 1, 1.0
    width, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    alike = sum(1 for a, b in pairwise(widths) if a == b > 1)
    return width, max(count / len(widths), 0.9 * alike / max(len(widths) - 1, 1))


def _one_column(lines: Sequence[str], quote: str | None) -> _Trial:
    """The reading of every line as one cell."""
    texts = [line.strip().strip('"') for line in lines]
    kinds = [kind_of(text) for text in texts]
    count = max(len(texts), 1)
    clean = sum(map(_cleanness, texts, kinds)) / count
    typed = sum(kind in TYPED for kind in kinds) / count
    token = sum(not re.search(r"[,;\t| ^~\x00-\x1f]", text) for text in texts) / count
    score = clean * (0.49 if max(typed, token) >= 0.9 else 0.45)
    if not _decimal_commas(lines):
        # "1,2" is rather two cells than one number.
        score -= 0.2 * sum(kind is Kind.NUMBER and "," in text for kind, text in zip(kinds, texts, strict=True)) / count
    return _Trial(Notation(Dialect(STAND_IN, '"' if quote is None else quote or None), ""), score, 1)


def _cleanness(cell: str, kind: Kind) -> float:
    """How much a cell looks like one: 1 for a number, date or link, less for text in which other delimiters stand."""
    if kind in TYPED:
        return 1.0
    if kind in {Kind.EMPTY, Kind.MISSING}:
        return 0.9
    found = [match.end() for match in re.finditer(r"[,;\t|]", cell[:400])]
    if not found:
        return 0.75
    return 0.6 if all(cell[end : end + 1] in {"", " "} for end in found) else 0.25


def _decimal_commas(lines: Sequence[str]) -> bool:
    """One column of numbers with decimal commas under a name without one."""
    body = [line.strip() for line in lines[1:]]
    return len(body) > 1 and "," not in lines[0] and all(re.fullmatch(r"-?\d+(?:,\d+)?", line) for line in body)
