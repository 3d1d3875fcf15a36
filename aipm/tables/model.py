"""What a table is, how it was read, and how a refusal is said."""

from dataclasses import dataclass, field, replace
from typing import Literal

Container = Literal["csv", "gzip", "zip", "xlsx", "json", "html", "parquet"]
HeaderChoice = int | Literal["none"] | None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the person overrides; `None` means: work it out.

    `header_row` is the number, from 1, of the row that holds the column names, counted in the rows of the file as
    they stand (blank lines included), or "none".
    """

    delimiter: str | None = None
    quote: str | None = None
    encoding: str | None = None
    header_row: HeaderChoice = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one upload may cost. A file beyond a bound is refused with a clear message."""

    max_columns: int = 1_000
    max_line_bytes: int = 4_000_000
    max_unpacked_bytes: int = 1_000_000_000
    max_unpacked_ratio: int = 100
    wall_seconds: float = 60.0
    cpu_seconds: int = 120
    memory_bytes: int = 4_000_000_000

    def for_size(self, size: int) -> "Limits":
        """The same bounds for a file of `size` bytes: a large one may take longer, and be mapped besides."""
        return replace(
            self,
            wall_seconds=self.wall_seconds + size / 10_000_000,
            cpu_seconds=self.cpu_seconds + size // 4_000_000,
            memory_bytes=self.memory_bytes + size,
        )


@dataclass(frozen=True, slots=True)
class ReadWarning:
    """One thing the reader noticed or mended: a stable code, a sentence for people, how often, and where.

    Neither message nor lines ever hold a cell of the file.
    """

    code: str
    message: str
    count: int = 1
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file was read, so that a person can check and override it."""

    container: Container
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header_row: int | None = None
    header_rows: int = 1
    preamble_rows: int = 0
    footer_rows: int = 0
    padded_rows: int = 0
    trimmed_rows: int = 0
    warnings: tuple[ReadWarning, ...] = ()
    sheets: tuple[str, ...] = field(default=())
    sheet: str | None = None


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """Something cannot be done with this file or question: what, where, and what to do next. Never quotes a cell."""

    def __init__(self, code: str, message: str, *, advice: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.advice = advice
        self.line = line


class ReadError(Refusal):
    """A file that cannot be read as a table."""
