"""An Excel workbook's package: its parts, unpacked within bounds and parsed without entities, links or disk."""

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from aipm.tables.containers.archives import open_zip, read_member
from aipm.tables.containers.refusals import damaged, too_large
from aipm.tables.model import ReadError

Attributes = dict[str, str]

MAX_TAG_BYTES = 5_000_000
"""Each chunk makes the parser begin anew with a tag that has no end yet."""


@dataclass(slots=True)
class Package:
    """The parts of a workbook by name, without regard to case, that may unpack to `most` bytes altogether."""

    archive: zipfile.ZipFile
    most: int
    parts: dict[str, zipfile.ZipInfo] = field(init=False)
    used: int = 0

    def __post_init__(self) -> None:
        members = self.archive.infolist()
        self.parts = {member.filename.replace("\\", "/").lstrip("/").lower(): member for member in members}

    @classmethod
    def open(cls, data: bytes | memoryview, most: int) -> "Package":
        return cls(open_zip(data), most)

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.parts

    def chunks(self, part: str) -> Iterator[bytes]:
        """A part's bytes. Raises ReadError before anything is unpacked where the part declares too many."""
        if part not in self:
            raise damaged("The workbook is damaged: a part of it is missing.")
        member = self.parts[part.lower()]
        if self.used + member.file_size > self.most:
            raise too_large(self.most)
        for chunk in read_member(self.archive, member):
            self.used += len(chunk)
            if self.used > self.most:
                raise too_large(self.most)
            yield chunk

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part points to: id -> (kind, part). Links that lead out of the package are left aside."""
        folder, name = posixpath.split(part)
        found = {}

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, attributes.get("Target", ""))).lstrip("/")
                found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

        where = posixpath.join(folder, "_rels", f"{name}.rels")
        if where in self:
            parse(self.chunks(where), start)
        return found


def parse(
    chunks: Iterator[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda _: None,
    characters: Callable[[str], None] = lambda _: None,
) -> None:
    """Handlers for XML whose main name space may have a prefix; a document type, and so any entity, is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def first(root: str, attributes: Attributes) -> None:
        prefix = root[: root.rfind(":") + 1]
        if prefix:
            parser.StartElementHandler = lambda tag, attributes: start(tag.removeprefix(prefix), attributes)
            parser.EndElementHandler = lambda tag: end(tag.removeprefix(prefix))
        else:  # nearly always, and a call less for each of millions of cells
            parser.StartElementHandler = start
            parser.EndElementHandler = end
        start(root.removeprefix(prefix), attributes)

    parser.StartElementHandler = first
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        fed = 0
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > MAX_TAG_BYTES:
                raise damaged("The workbook is damaged: a tag in it never ends.")
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise damaged("The workbook is damaged: a part of it is not well-formed.") from None


def _refuse_document_type(*_: object) -> None:
    raise ReadError(
        "unsafe_file",
        "The workbook declares entities, which no spreadsheet program writes.",
        advice="Open it in Excel or LibreOffice, save it as a new .xlsx, and upload that.",
    )
