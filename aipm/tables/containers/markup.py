"""Telling JSON and web pages from delimited text that merely begins with a bracket."""

import json
import re

from aipm.tables.containers.refusals import SOURCE, unsupported

JSON_BEGINNING = re.compile(
    r'\s*(\[\s*)?\{\s*("(?:[^"\\]|\\.)*"\s*:|\}\s*[,\]])|\s*\[\s*\[\s*(["\[\-\d]|null|true|false)'
)
"""An object with a key, a list of objects or a list of lists: nothing a header row begins with."""

DECODER = json.JSONDecoder(parse_int=str, parse_float=str)
SPACE = " \t\r\n\x1e"
CUT_CHARACTERS = 12
"""An error this near the end of the part looked at is owed to the cut: true, false, null, \\uXXXX, -Infinity."""

FIRST_TAG = re.compile(
    r"\s*(?><\?(?:xml|mso)[^>]*>\s*|<!--.*?-->\s*)*+<(!doctype\s+html|[a-z][a-z0-9:]*)", re.DOTALL | re.IGNORECASE
)
PAGE = {"html", "head", "body"}
PART_OF_PAGE = {"table", "meta", "title", "style", "link", "script", "div", "center", "section", "main", "article"}
PART_OF_PAGE |= {"form", "font", "p", "span", "b", "h1", "h2", "h3", "h4", "thead", "tbody", "caption"}
TABLE = re.compile(rb"<table\b", re.IGNORECASE)
ROW = re.compile(rb"<tr\b", re.IGNORECASE)
TABLE_END = re.compile(rb"</table\s*>", re.IGNORECASE)


def is_json(text: str, *, whole: bool) -> bool:
    """Whether a file that begins so is JSON, perhaps damaged; `whole` where that is all of it.

    A row of text may begin with a valid JSON value, as in `[1],[2]`; then something other than a further value follows.
    """
    text = text.lstrip(SPACE)
    if not text.startswith(("[", "{")):
        return False
    try:
        _, end = DECODER.raw_decode(text)
    except RecursionError:
        return True
    except json.JSONDecodeError as problem:
        cut = problem.pos >= len(text) - CUT_CHARACTERS or problem.msg.startswith("Unterminated")
        return (cut and not whole) or JSON_BEGINNING.match(text) is not None
    rest = text[end:]
    following = rest.lstrip(SPACE)
    return not following or (following[0] == text[0] and (text[0] == "{" or "\n" in rest[: len(rest) - len(following)]))


def is_web_page(data: bytes | memoryview, text: str) -> bool:
    """Whether a file that begins with this text is a web page or a part of one that holds a table.

    Text in cells may begin with a tag too; a header cell `<b>x</b>` does not make a page, nor does a table in a cell.
    """
    first = FIRST_TAG.match(text)
    if not first:
        return False
    tag = first[1].lower()
    if tag.startswith("!doctype") or tag in PAGE:
        return not _is_in_a_row(text, first.end())
    if tag not in PART_OF_PAGE:
        return False
    content = bytes(data).replace(b"\0", b"")  # tags in UTF-16 too
    table = TABLE.search(content)
    if not table or not ROW.search(content, table.end()):
        return False
    return not TABLE_END.search(content, table.end()) or content.rstrip().endswith(b">")


def _is_in_a_row(text: str, position: int) -> bool:
    """Whether the first tag is at once closed and followed by a delimiter, as in `<html>,price`."""
    return re.match(r"[^<>\n]*>\s*(</[a-z]+>)?\s*[,;|\t]", text[position:], re.IGNORECASE) is not None


def refuse_other_markup(text: str) -> None:
    """Raises ReadError for XML that is no web page, and says what it is."""
    if not text.lstrip().startswith("<?xml"):
        return
    name, advice = "an XML document", "Export the data it holds as CSV, .xlsx or JSON, and upload that."
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        name = "an XML spreadsheet of Excel 2003"
        advice = "Open it in Excel or LibreOffice, save it as .xlsx or CSV, and upload that."
    elif re.search(r"<svg\b", text):
        name, advice = "a drawing (SVG)", SOURCE
    raise unsupported(name, advice)
