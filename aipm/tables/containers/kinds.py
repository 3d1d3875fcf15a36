"""What an upload really is, by magic number and structure; its name is never asked."""

import re
from dataclasses import dataclass

from aipm.tables.containers.archives import GZIP_MAGIC, ZIP_MAGIC, zip_kind
from aipm.tables.containers.cells import Container
from aipm.tables.containers.markup import is_json, is_web_page, refuse_other_markup
from aipm.tables.containers.refusals import (
    AGAIN,
    ALONE,
    EXPORT,
    SOURCE,
    SPREADSHEET,
    UNPACK,
    WRONG,
    damaged,
    unsupported,
)
from aipm.tables.encoding import detect_encoding
from aipm.tables.model import ReadError

HEAD_BYTES = 65_536
"""How much of the beginning, middle and end is looked at."""

CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f")
"""Hardly ever in a text; \\x1a ends old DOS files, \\x1b switches Japanese encodings, \\x1c to \\x1f separate."""

MIN_CONTROL_KINDS = 5
MIN_CONTROL_SHARE = 0.02
MAX_NUL_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class Signature:
    """Bytes by which a format is known. Those that could begin a text count only where control bytes follow."""

    magic: bytes
    name: str
    advice: str
    offset: int = 0
    sure: bool = True


SIGNATURES = (
    Signature(b"%PDF-", "a PDF document", SOURCE),
    Signature(b"{\\rtf", "an RTF document", SOURCE),
    Signature(b"%!PS-Adobe", "a PostScript document", SOURCE),
    Signature(b"\x89PNG\r\n\x1a\n", "an image (PNG)", SOURCE),
    Signature(b"\xff\xd8\xff", "an image (JPEG)", SOURCE),
    Signature(b"GIF87a", "an image (GIF)", SOURCE, sure=False),
    Signature(b"GIF89a", "an image (GIF)", SOURCE, sure=False),
    Signature(b"WEBP", "an image (WebP)", SOURCE, offset=8, sure=False),
    Signature(b"BM", "an image (BMP)", SOURCE, sure=False),
    Signature(b"II*\0", "an image (TIFF)", SOURCE),
    Signature(b"MM\0*", "an image (TIFF)", SOURCE),
    Signature(b"\0\0\1\0", "an image (icon)", SOURCE),
    Signature(b"8BPS\0", "an image (Photoshop)", SOURCE),
    Signature(b"WAVE", "a sound file (WAV)", WRONG, offset=8, sure=False),
    Signature(b"AVI ", "a film (AVI)", WRONG, offset=8, sure=False),
    Signature(b"ID3", "a sound file (MP3)", WRONG, sure=False),
    Signature(b"\xff\xfb", "a sound file (MP3)", WRONG, sure=False),
    Signature(b"OggS\0", "a sound file (Ogg)", WRONG),
    Signature(b"fLaC\0", "a sound file (FLAC)", WRONG),
    Signature(b"\x1aE\xdf\xa3", "a film (Matroska or WebM)", WRONG),
    Signature(b"SQLite format 3\0", "a database (SQLite)", EXPORT),
    Signature(b"\0\1\0\0Standard ", "a database (Access)", EXPORT),
    Signature(b"ARROW1", "an Arrow or Feather file", EXPORT, sure=False),
    Signature(b"FEA1", "a Feather file", EXPORT, sure=False),
    Signature(b"\xff\xff\xff\xff", "an Arrow stream", EXPORT),
    Signature(b"ORC", "an ORC file", EXPORT, sure=False),
    Signature(b"Obj\1", "an Avro file", EXPORT),
    Signature(b"PARE", "an encrypted Parquet file", "Save it without encryption and upload that.", sure=False),
    Signature(b"\x93NUMPY", "a NumPy array", EXPORT),
    Signature(b"\x89HDF\r\n\x1a\n", "an HDF5 file", EXPORT),
    Signature(b"CDF\1", "a NetCDF file", EXPORT),
    Signature(b"CDF\2", "a NetCDF file", EXPORT),
    Signature(b"MATLAB 5.0 MAT-file", "a MATLAB file", EXPORT, sure=False),
    Signature(b"$FL2", "an SPSS file", EXPORT, sure=False),
    Signature(b"$FL3", "an SPSS file", EXPORT, sure=False),
    Signature(b"<stata_dta>", "a Stata file", EXPORT),
    Signature(bytes(12) + b"\xc2\xea\x81\x60", "a SAS file", EXPORT),
    Signature(b"RDX2\n", "an R data file", EXPORT),
    Signature(b"RDX3\n", "an R data file", EXPORT),
    Signature(b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    Signature(b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    Signature(b"\xfd7zXZ\0", "an xz archive", UNPACK),
    Signature(b"BZh", "a bzip2 archive", UNPACK, sure=False),
    Signature(b"\x28\xb5\x2f\xfd", "a Zstandard archive", UNPACK),
    Signature(b"\x04\x22\x4d\x18", "an LZ4 archive", UNPACK),
    Signature(b"\x1f\x9d", "a Unix compress archive", UNPACK),
    Signature(b"LZIP\1", "an lzip archive", UNPACK),
    Signature(b"MSCF\0", "a Windows cabinet archive", UNPACK),
    Signature(b"ustar", "a tar archive", ALONE, offset=257),
    Signature(b"\x7fELF", "a program (Linux)", WRONG),
    Signature(b"MZ", "a program (Windows)", WRONG, sure=False),
    Signature(b"\xcf\xfa\xed\xfe", "a program (macOS)", WRONG),
    Signature(b"\xca\xfe\xba\xbe", "a program (Java or macOS)", WRONG),
    Signature(b"\0asm", "a program (WebAssembly)", WRONG),
    Signature(b"MIME-Version:", "a web archive (MHTML)", SPREADSHEET),
)
FTYP = re.compile(rb"\0...ftyp", re.DOTALL)
PICKLE = re.compile(rb"\x80[\x02-\x05]")
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def identify(data: bytes | memoryview) -> Container:
    """What the bytes are; text of any kind that is neither JSON nor a web page is "csv".

    Raises ReadError where they are something else, and says what.
    """
    if not len(data):
        raise ReadError(
            "empty_file", "The file is empty.", advice="Check the export that made it, and upload it again."
        )
    head = bytes(data[:HEAD_BYTES])
    if head.startswith(GZIP_MAGIC):
        return "gzip"
    if head.startswith(ZIP_MAGIC):
        return zip_kind(data)
    if head.startswith(b"PAR1") and (bytes(data[-4:]) == b"PAR1" or _has_controls(head)):
        if bytes(data[-4:]) == b"PAR1" and len(data) > len(b"PAR1PAR1"):
            return "parquet"
        raise damaged("This is a Parquet file that is cut off: its end is missing.")
    _refuse_by_signature(data, head)
    wide = _wide_encoding(head)
    if not wide:
        _refuse_binary(data, head)
    text = head.decode(wide or "utf-8", "replace").removeprefix("\ufeff")
    if is_json(text, whole=len(data) <= HEAD_BYTES):
        return "json"
    if is_web_page(data, text):
        return "html"
    refuse_other_markup(text)
    return "csv"


def may_be_table(head: bytes) -> bool:
    """Whether a file that begins so can be a table; what some containers hold shows at their end only."""
    if head.startswith((GZIP_MAGIC, *ZIP_MAGIC, b"PAR1")):
        return True
    try:
        identify(head)
    except ReadError:
        return False
    return True


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32, in which NUL and control bytes are parts of characters; None for any other."""
    if 0 not in head:
        return None
    try:
        name = detect_encoding(head).name
    except ReadError:
        return None
    return name if name.startswith(("utf-16", "utf-32")) else None


def _refuse_by_signature(data: bytes | memoryview, head: bytes) -> None:
    if head.startswith(OLE2):
        raise _legacy_office(data)
    binary = _has_controls(head[:512])
    if PICKLE.match(head):
        raise unsupported("a Python pickle, which could run a program when opened", EXPORT)
    if FTYP.match(head):
        raise unsupported("a film, sound or picture (MP4, HEIC)", WRONG)
    for known in SIGNATURES:
        if head.startswith(known.magic, known.offset) and (known.sure or binary):
            raise unsupported(known.name, known.advice)


def _legacy_office(data: bytes | memoryview) -> ReadError:
    """Old Office files and locked new ones share one wrapping; the names of its streams tell them apart."""
    names = bytes(data[: 4 * HEAD_BYTES]) + bytes(data[-4 * HEAD_BYTES :])
    if "EncryptedPackage".encode("utf-16-le") in names:
        return ReadError(
            "encrypted",
            "This workbook is locked with a password.",
            advice="Save it without a password and upload that.",
        )
    if "WordDocument".encode("utf-16-le") in names:
        return unsupported("an old Word document (.doc)", SOURCE)
    if "Workbook".encode("utf-16-le") in names or "Book".encode("utf-16-le") in names:
        return unsupported("an old Excel workbook (.xls)", SPREADSHEET)
    return unsupported("an old Microsoft Office file", SPREADSHEET)


def _refuse_binary(data: bytes | memoryview, head: bytes) -> None:
    """Raises ReadError for what is clearly no text."""
    middle = len(data) // 2
    sample = (
        head
        + bytes(data[max(HEAD_BYTES, middle) : middle + HEAD_BYTES])
        + bytes(data[max(HEAD_BYTES, len(data) - HEAD_BYTES) :])
    )
    nul_share = sample.count(0) / len(sample)
    if nul_share == 1:
        raise ReadError("binary", "The file holds nothing but NUL bytes.", advice=AGAIN)
    kinds, share = _share_of_controls(sample)
    if kinds >= MIN_CONTROL_KINDS and share >= MIN_CONTROL_SHARE:
        raise unsupported("a binary file of a kind that is not known here, not text", WRONG, code="binary")
    if nul_share > MAX_NUL_SHARE:
        raise ReadError("binary", "A large part of the file is NUL bytes, which are no text.", advice=AGAIN)


def _share_of_controls(sample: bytes) -> tuple[int, float]:
    """How many kinds of control bytes there are, and their share; NUL does not count."""
    counts = [sample.count(byte) for byte in CONTROLS if byte]
    return sum(map(bool, counts)), sum(counts) / max(1, len(sample))


def _has_controls(head: bytes) -> bool:
    return any(byte in CONTROLS for byte in head)
