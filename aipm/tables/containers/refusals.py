"""What is said when an upload is refused: in one voice, and always with what to do next."""

from aipm.tables.model import Limits, ReadError

SPREADSHEET = "Open it in Excel, LibreOffice or Google Sheets, save the sheet as .xlsx or CSV, and upload that."
EXPORT = "Export the table it holds as CSV or Parquet from the program that made it, and upload that."
SOURCE = "Get the table from where this was made, as CSV or .xlsx, and upload that."
WRONG = "Check that the right file was chosen; a CSV, Excel (.xlsx), Parquet or JSON file is needed."
UNPACK = "Unpack it and upload the table inside, or pack it as .zip or .gz."
ALONE = "Unpack it and upload the one table that is needed."
AGAIN = "Save, export or download the file again, and upload the new copy."
LESS = "Leave out columns or rows that are not needed, or take a sample, and upload that."


def unsupported(name: str, advice: str, *, code: str = "unsupported_format") -> ReadError:
    """A file of a kind that is not read; `name` carries its article."""
    return ReadError(code, f"This is {name}.", advice=advice)


def damaged(what: str, *, line: int | None = None) -> ReadError:
    """A file that is cut off or broken; `what` is the whole sentence."""
    return ReadError("damaged", what, line=line, advice=AGAIN)


def too_large(most: int) -> ReadError:
    """A file whose content is beyond `most` bytes."""
    said = f"The file unpacks to more than {most // 1_000_000:,} MB, which is more than a file of its size may."
    return ReadError("too_large", said, advice=LESS)


def too_wide(limits: Limits) -> ReadError:
    """A table with more columns than are allowed."""
    return ReadError("too_many_columns", f"The table has more than {limits.max_columns:,} columns.", advice=LESS)
