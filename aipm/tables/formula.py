"""Text that a spreadsheet would run as a formula, made harmless: the one place that does it, for every CSV we write."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

SIGNS = frozenset("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the start of a formula (OWASP ASVS 5.0, 1.2.10), also in full width."""


def formula_safe(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would calculate it; for text cells only, never numbers.

    Blanks and marks that nobody sees are looked through, because some programs drop them before they look.
    """
    seen = next((character for character in text if character in SIGNS or not _unseen(character)), "")
    return f"'{text}" if seen in SIGNS else text


def csv_text(rows: Iterable[Sequence[str | float | None]]) -> str:
    """Rows as a CSV file in which every text is only text; None is a blank cell, a number stays one."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([formula_safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue()


def _unseen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")
