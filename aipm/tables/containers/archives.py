"""gzip and zip: the one table inside, unpacked within bounds. Names in an archive are never used as paths."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Literal

from aipm.tables.containers.refusals import ALONE, UNPACK, WRONG, damaged, too_large, unsupported
from aipm.tables.model import Limits, ReadError, ReadWarning

FREE_BYTES = 10_000_000
"""Below this size no ratio is held against an archive: a short, regular table packs very well."""

CHUNK_BYTES = 1_000_000
HEAD_BYTES = 65_536
MAX_FILES = 10_000
MAX_GZIP_MEMBERS = 100_000
GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = (b"PK\3\4", b"PK\5\6", b"PK\7\x08")
MEMBER_MAGIC = b"PK\1\2"
READABLE_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, OverflowError, struct.error)
TEXT_ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".json", ".jsonl", ".ndjson", ".html", ".htm")
TABLE_ENDINGS = (*TEXT_ENDINGS, ".xlsx", ".xlsm", ".parquet", ".gz")
NOTES = ("readme", "license", "licence", "notes", "changelog", "manifest", "metadata")
OFFICE = "Open it in the program that made it, export the table as CSV or .xlsx, and upload that."


def most_bytes(size: int, limits: Limits) -> int:
    """How far an upload of `size` bytes may unpack, all levels together."""
    return min(limits.max_unpacked_bytes, max(FREE_BYTES, size * limits.max_unpacked_ratio))


def gunzip(data: bytes | memoryview, most: int) -> tuple[memoryview, list[ReadWarning]]:
    """All members of a gzip file, one after the other."""
    view, out, position, members = memoryview(data), io.BytesIO(), 0, 0
    while bytes(view[position : position + 2]) == GZIP_MAGIC:
        members += 1
        if members > MAX_GZIP_MEMBERS:
            raise ReadError("too_many_files", f"The gzip file has more than {MAX_GZIP_MEMBERS:,} parts.", advice=UNPACK)
        position = _gunzip_member(view, position, out, most)
    rest = len(view) - position
    warnings = []
    if rest and any(view[position : position + CHUNK_BYTES]):
        warnings.append(
            ReadWarning("trailing_bytes", f"Bytes after the end of the gzip file that were left aside: {rest:,}.")
        )
    return out.getbuffer(), warnings


def _gunzip_member(view: memoryview, position: int, out: io.BytesIO, most: int) -> int:
    """Unpack one member and return where it ends."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        while not unpacker.eof:
            chunk = unpacker.unconsumed_tail or view[position : position + HEAD_BYTES]
            if not chunk:
                raise damaged("The gzip file is cut off: its end is missing.")
            position += 0 if unpacker.unconsumed_tail else len(chunk)
            out.write(unpacker.decompress(chunk, CHUNK_BYTES))
            if out.tell() > most:
                raise too_large(most)
    except zlib.error:
        raise damaged("The gzip file is damaged.") from None
    return position - len(unpacker.unused_data)


def zip_kind(data: bytes | memoryview) -> Literal["xlsx", "zip"]:
    """Whether a zip archive is a workbook or holds files. Raises ReadError where it is another kind of document."""
    with open_zip(data) as archive:
        names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
        folders = {name.partition("/")[0] for name in names if "/" in name}
        start = _mimetype(archive) if "mimetype" in names else ""
    if "xl/workbook.xml" in names or (
        "[content_types].xml" in names and "xl" in folders and "xl/workbook.bin" not in names
    ):
        return "xlsx"
    known = {
        "an Excel workbook in the binary format (.xlsb)": "xl/workbook.bin" in names,
        "a Word document (.docx)": "word/document.xml" in names,
        "a PowerPoint presentation (.pptx)": "ppt/presentation.xml" in names,
        "an OpenDocument spreadsheet (.ods)": "opendocument.spreadsheet" in start,
        "an OpenDocument file": "opendocument" in start,
        "an e-book (EPUB)": "epub" in start,
        "an Apple Numbers, Pages or Keynote file": "index/document.iwa" in names or "index.zip" in names,
        "a Java program": "meta-inf/manifest.mf" in names,
    }
    for name, found in known.items():
        if found:
            raise unsupported(name, OFFICE)
    return "zip"


def _mimetype(archive: zipfile.ZipFile) -> str:
    try:
        with archive.open("mimetype") as stream:
            return stream.read(200).decode("ascii", "replace")
    except (*BROKEN, KeyError):
        return ""


def open_zip(data: bytes | memoryview) -> zipfile.ZipFile:
    """The archive's list of files, read only where it is short."""
    content = bytes(data)
    if content.count(MEMBER_MAGIC) > MAX_FILES:
        raise ReadError(
            "too_many_files",
            f"The archive holds more than {MAX_FILES:,} files.",
            advice=ALONE,
        )
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (*BROKEN, KeyError):
        raise damaged("The zip archive is damaged or cut off: its list of files cannot be read.") from None


def unzip(
    data: bytes | memoryview, most: int, *, is_table: Callable[[bytes], bool]
) -> tuple[memoryview, list[ReadWarning]]:
    """The one table in a zip archive; `is_table` says of the first bytes of a file whether they may begin one."""
    with open_zip(data) as archive:
        members = [member for member in archive.infolist() if not _is_clutter(member.filename)]
        if not members:
            raise ReadError("no_table", "The archive holds no files.", advice="Pack the table again and upload that.")
        chosen = _table_among(archive, members, is_table)
        out = io.BytesIO()
        for chunk in read_member(archive, chosen, most):
            out.write(chunk)
    warnings = []
    if left := len(members) - 1:
        text = f"Other files in the archive that were left aside: {left:,}."
        warnings.append(ReadWarning("other_files", text, count=left))
    return out.getbuffer(), warnings


def read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int | None = None, *, chunk_bytes: int = CHUNK_BYTES
) -> Iterator[bytes]:
    """A member's content in chunks; what it declares is believed only where it is too large."""
    if member.flag_bits & 0x1:
        raise ReadError(
            "encrypted", "The archive is locked with a password.", advice="Unpack it and upload the table inside."
        )
    if member.compress_type not in READABLE_METHODS:
        raise ReadError("unsupported_format", "The archive is packed by a method that is not read here.", advice=UNPACK)
    if most is not None and member.file_size > most:
        raise too_large(most)
    total = 0
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(chunk_bytes):
                total += len(chunk)
                if most is not None and total > most:
                    raise too_large(most)
                yield chunk
    except BROKEN:
        raise damaged("The archive is damaged: a file in it cannot be unpacked.") from None


def _is_clutter(name: str) -> bool:
    """Folders, and what operating systems put beside files."""
    parts = name.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part.strip(".") for part in parts)
    return not parts[-1] or parts[0] == "__MACOSX" or hidden or parts[-1].lower() in ("thumbs.db", "desktop.ini")


def _table_among(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], is_table: Callable[[bytes], bool]
) -> zipfile.ZipInfo:
    """The only member, or the only one that can be a table. Raises ReadError where there are several."""
    if len(members) == 1:
        return members[0]
    tables = [member for member in members if is_table(_head(archive, member))]
    if len(tables) > 1:  # notes are text as well: here, and only here, names decide
        tables = [member for member in tables if _is_named_as_table(member.filename)] or tables
    if len(tables) == 1:
        return tables[0]
    if not tables:
        raise ReadError("no_table", f"The archive holds {len(members):,} files, none of them a table.", advice=WRONG)
    raise ReadError(
        "several_tables",
        f"The archive holds {len(tables):,} tables, and it is not clear which one is meant.",
        advice=ALONE,
    )


def _head(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The beginning of a file, as much as is needed to see what it is."""
    for chunk in read_member(archive, member, chunk_bytes=HEAD_BYTES):
        return chunk
    return b""


def _is_named_as_table(name: str) -> bool:
    name = name.replace("\\", "/").rpartition("/")[2].lower()
    return name.endswith(TABLE_ENDINGS) and not name.startswith(NOTES)
