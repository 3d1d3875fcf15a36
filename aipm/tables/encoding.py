"""Bytes -> UTF-8: which encoding a text is in, how sure that is, and what had to be mended on the way."""

import codecs
import re
import struct
from dataclasses import dataclass

from aipm.tables.model import ReadError, ReadWarning

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
_LATIN_SAMPLE = 8_192
_REACH = 1 << 20
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_BINARY = bytes({*range(0x01, 0x20), 0x7F} - set(b"\t\n\v\f\r\x1a\x1b"))

_WEST, _CENTRE = ("windows-1252", "mac-roman", "cp850", "iso8859-15"), ("windows-1250", "iso8859-2")
_ALPHABETS = (
    ("éüöäáíóñçàèãåøêâôúæîëïûùòìõßý", _WEST, 0.9),  # several western languages together
    ("éèêàçôâîûùëïüœæ", _WEST, 1.0),  # French
    ("üäößé", _WEST, 1.0),  # German
    ("íóáéñúü", _WEST, 1.0),  # Spanish
    ("ãçáéíóêõúâôàü", _WEST, 1.0),  # Portuguese
    ("àèùòìé", _WEST, 1.0),  # Italian
    ("äöåøæéü", _WEST, 1.0),  # Danish, Norwegian, Swedish, Finnish
    ("áíðéöúþóæý", _WEST, 1.0),  # Icelandic
    ("ąćęłńóśźż", _CENTRE, 1.0),  # Polish
    ("áčďéěíňóřšťúůýž", _CENTRE, 1.0),  # Czech
    ("áäčďéíĺľňóôŕšťúýž", _CENTRE, 1.0),  # Slovak
    ("áéíóöőúüű", _CENTRE, 1.0),  # Hungarian
    ("ăâîşţ", _CENTRE, 1.0),  # Romanian
    ("čćđšž", _CENTRE, 1.0),  # Croatian, Serbian, Slovene
    ("ğışçöüâîûi\u0307", ("windows-1254",), 1.0),  # Turkish, with the dot that a small İ keeps
    ("ąčęėįšųūž", ("windows-1257",), 1.0),  # Lithuanian
    ("āčēģīķļņšūž", ("windows-1257",), 1.0),  # Latvian
    ("äöõüšž", ("windows-1257",), 1.0),  # Estonian
)
"""Letters (small, the commonest first) of languages in Latin script, their encodings, what a letter is worth."""
_CYRILLIC = ("cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5")
_SCRIPTS = [
    *_CYRILLIC,
    *("cp1253", "iso8859_7", "cp1255", "cp1256", "cp874"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
]
_HEBREW = frozenset(range(0xE0, 0xFB))
"""Hebrew has letters at these bytes only; a Cyrillic text would soon show its capitals or one of ы, ь, э, ю, я."""
_MARGIN = 0.05
"""How much better, per character, another encoding must fit before Windows-1252 is given up."""
_PUNCTUATION = frozenset("“”‘’‚„–—…€£§°©®™«»·•½¼¾¹²³ºª¿¡±×\xa0‹›†‰µ")
_JOINING = frozenset("’‘·–—\xa0")


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by the name Python knows it by.

    `mark` counts the bytes of the byte order mark; `guessed` says that nothing in the file proves the encoding;
    `mixed` that it is UTF-8 with lines in Windows-1252 among it.
    """

    name: str
    mark: int = 0
    guessed: bool = False
    mixed: bool = False


def detect_encoding(data: bytes) -> Encoding:
    """The encoding of a text, given whole or as a sample cut at line ends.

    Byte order mark, then UTF-16 by where its NULs stand, then strict UTF-8; what is none of these is a guess.
    Raises ReadError for bytes that are no text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Encoding(name, mark=len(mark))
    head = data[:_SAMPLE]
    if unmarked := _utf16_without_mark(head):
        return Encoding(unmarked, guessed=True)
    _refuse_binary(head)
    if b"\x1b$" in head and _decodes(head, "iso2022_jp"):
        return Encoding("iso2022_jp", guessed=True)
    if is_utf8(data):
        return Encoding("utf-8")
    sample = _high_lines(data)
    if _mostly_utf8(sample):
        return Encoding("utf-8", guessed=True, mixed=True)
    return Encoding(_legacy(sample), guessed=True)


def named_encoding(name: str, data: bytes) -> Encoding:
    """The encoding a person chose; its byte order mark, if there is one, is skipped."""
    try:
        b" ".decode(name, "replace")  # not codecs.lookup, which also knows "hex" and "zip"
    except LookupError:
        message = "The chosen encoding is not known."
        raise ReadError("unknown_encoding", message, advice="Choose another, such as utf-8 or windows-1252.") from None
    for mark, marked in _MARKS:
        if data.startswith(mark) and codecs.lookup(name).name in {marked, marked[:6], "utf-8-sig"}:
            return Encoding(marked, mark=len(mark))
    return Encoding(name)


def to_utf8(data: bytes, encoding: Encoding) -> tuple[bytes, tuple[ReadWarning, ...]]:
    """The text as UTF-8 without a byte order mark, and what had to be guessed or mended. No copy where none is due."""
    if encoding.mark:
        data = data[encoding.mark :]
    warnings: list[ReadWarning] = []
    if encoding.mixed:
        data, lines = _mend_lines(data)
        message = "Most of the text is UTF-8; these lines are not and were decoded as Windows-1252."
        warnings.append(ReadWarning("encoding_mixed", message, count=len(lines), lines=tuple(lines[:20])))
    elif codecs.lookup(encoding.name).name != "utf-8" or not is_utf8(data):
        data, lost = _transcode(data, encoding.name)
        if encoding.guessed:
            message = f"Nothing in the file says how its letters are encoded: decoded as {encoding.name} by a guess."
            warnings.append(ReadWarning("encoding_guessed", message))
        if lost:
            message = f"Some bytes are not valid {encoding.name}; a replacement character stands for them."
            warnings.append(ReadWarning("encoding_errors", message, count=lost))
    if not data.isascii() and (found := _C1.search(data)):
        data, count = _C1.subn(_c1_as_windows, data)
        if found and count:
            message = "Control characters that were meant as Windows-1252 punctuation were put right."
            warnings.append(ReadWarning("control_characters_mended", message, count=count))
    return data, tuple(warnings)


def is_utf8(data: bytes) -> bool:
    """Whether all of it is strict UTF-8, at several gigabytes a second."""
    if data.isascii():
        return True
    import pyarrow as pa

    ends = pa.py_buffer(struct.pack("=qq", 0, len(data)))
    one_string = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(data)])
    try:
        one_string.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def is_clean(data: bytes) -> bool:
    """Whether it is UTF-8 in which nothing has to be mended or left out."""
    return 0 not in data and (data.isascii() or (is_utf8(data) and not _C1.search(data)))


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 shows as NULs that all stand on one side of the byte pairs, and decodes to lines of text."""
    head = head[: len(head) // 2 * 2]
    first, second = head[0::2].count(0), head[1::2].count(0)
    if max(first, second) < max(2, len(head) // 50) or 10 * min(first, second) > max(first, second):
        return None
    name = "utf-16-be" if first > second else "utf-16-le"
    text = head.decode(name, "replace")
    controls = {c for c in text if c < " " and c not in "\t\r\n"}  # one may be the delimiter
    return name if ("\n" in text or "\r" in text) and "\ufffd" not in text and len(controls) < 3 else None


def _refuse_binary(head: bytes) -> None:
    controls = len(head) - len(head.translate(None, _BINARY))
    kinds = len({byte for byte in _BINARY if byte in head}) if controls else 0
    nuls = head.count(0)
    # One or two control characters may well be delimiters; a handful of NULs are damage in a text.
    if 5 * nuls > len(head) or kinds > 5 or (kinds > 2 and 200 * controls > len(head)) or 2 * controls > len(head):
        raise ReadError(
            "not_text",
            "This is no text: it holds bytes that no text has.",
            advice="Export the table as CSV or Excel and try again.",
        )


def _high_lines(data: bytes) -> bytes:
    """Lines with bytes beyond ASCII, from all over the file: the only ones that tell encodings apart."""
    starts = [0] if len(data) <= _REACH else [len(data) * part // 4 for part in range(4)]
    found: list[bytes] = []
    for start in starts:
        first = _HIGH_RUN.search(data, start)
        begin = max(data.rfind(b"\n", 0, first.start()), start) + 1 if first and start else 0
        room = _SAMPLE // len(starts)
        for line in data[begin : begin + _REACH].splitlines():
            if not line.isascii():
                found.append(line[:2048])
                room -= len(found[-1])
            if room < 0:
                break
    return b"\n".join(found) or data[:_SAMPLE]


def _mostly_utf8(sample: bytes) -> bool:
    characters = _UTF8_CHARACTER.findall(sample)
    stray = len(_UTF8_CHARACTER.sub(b"", sample).translate(None, bytes(range(0x80))))
    return len(characters) >= 2 * stray


def _legacy(sample: bytes) -> str:
    """The likeliest encoding that is no UTF: Latin script where bytes beyond ASCII are isolated, else by statistics."""
    runs = _HIGH_RUN.findall(sample)
    if sum(map(len, runs)) <= 1.5 * len(runs):
        return _latin(sample)
    if set(b"".join(runs)) <= _HEBREW and len(runs) > 5:
        return "windows-1255"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_SCRIPTS).best()
    if best is None or best.encoding == "ascii":
        return _latin(sample)
    return best.encoding.replace("cp125", "windows-125")


def _latin(sample: bytes) -> str:
    """Which encoding makes the text look most like some one language; Windows-1252 where that does not tell."""
    lines = sample.split(b"\n")
    sample = b"\n".join(lines[:: 1 + len(sample) // _LATIN_SAMPLE])[:_LATIN_SAMPLE]
    best, name = 0.0, "windows-1252"
    for letters, names, worth in _ALPHABETS:
        for candidate in names:
            fit = _fit(sample, candidate, letters, worth)
            if fit > best + (_MARGIN if candidate != name else 0):
                best, name = fit, candidate
    return name


def _fit(sample: bytes, name: str, letters: str, worth: float) -> float:
    """How well the characters beyond ASCII fit a language and their neighbours: at most 1, for rare letters less."""
    text = " " + sample.decode(name, "windows-1252-byte") + " "
    total, count = 0.0, 0
    for before, character, after in zip(text, text[1:], text[2:], strict=False):
        if character <= "\x7f":
            continue
        count += 1
        if character in _PUNCTUATION:
            total += -1 if before.isalpha() and after.isalpha() and character not in _JOINING else 0.5
        elif not character.isalpha():
            total -= 1
        else:
            place = letters.find(character.lower())
            alone = not (before.isalpha() or after.isalpha())
            total += -0.5 if place < 0 else 0.3 if alone else worth - place / 50
            if (character.isupper() and before.islower()) or (character.islower() and after.isupper()):
                total -= 1.5
    return total / max(count, 1)


def _transcode(data: bytes, name: str) -> tuple[bytes, int]:
    """As UTF-8, with the number of bytes that had to be replaced; in pieces, so that memory stays bounded."""
    errors = "windows-1252-byte" if codecs.lookup(name).name in {"cp1252", "charmap"} else "replace"
    decoder = codecs.getincrementaldecoder(name)(errors)
    step = 1 << 23
    pieces = [
        decoder.decode(data[start : start + step], start + step >= len(data)) for start in range(0, len(data), step)
    ]
    lost = sum(piece.count("\ufffd") for piece in pieces)
    return b"".join(piece.removeprefix("\ufeff").encode("utf-8", "replace") for piece in pieces), lost


def _mend_lines(data: bytes) -> tuple[bytes, list[int]]:
    """Decode what is no UTF-8 as Windows-1252, line by line; returns the numbers of those lines."""
    lines, mended = data.splitlines(keepends=True), []
    for number, line in enumerate(lines):
        if not line.isascii() and not _decodes(line, "utf-8"):
            mended.append(number + 1)
            lines[number] = line.decode("utf-8", "windows-1252-byte").encode()
    return b"".join(lines), mended


def _byte_as_windows(error: UnicodeError) -> tuple[str, int]:
    """A byte that an encoding has no character for, as Windows-1252 (or Latin-1, which has one for each)."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(_WINDOWS[byte] for byte in wrong), error.end


def _c1_as_windows(match: re.Match[bytes]) -> bytes:
    return _WINDOWS[match.group()[1]].encode()


_WINDOWS = [bytes([b]).decode("cp1252") if b not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(b) for b in range(256)]
codecs.register_error("windows-1252-byte", _byte_as_windows)
