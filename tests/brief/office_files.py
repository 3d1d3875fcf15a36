"""What every file of an office program must be, whatever stands in it: whole, well-formed, and without formulas."""

import io
import zipfile

from lxml import etree
from openpyxl import load_workbook

FORBIDDEN = {"script", "hlinkClick", "hyperlink"}


def sound(data):
    """Every part is well-formed, every relation leads to a part inside, and no workbook calculates anything."""
    folder = zipfile.ZipFile(io.BytesIO(data))
    names = set(folder.namelist())
    assert folder.testzip() is None
    assert len(names) == len(folder.namelist())
    for name in names:
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(folder.read(name), etree.XMLParser(resolve_entities=False))
            assert not [each for each in root.iter(etree.Element) if etree.QName(each).localname in FORBIDDEN]
        if name.endswith(".rels"):
            base = name.replace("_rels/", "").rsplit("/", 1)[0] if "/" in name.replace("_rels/", "") else ""
            for each in etree.fromstring(folder.read(name)):
                assert each.get("TargetMode") != "External"
                target = each.get("Target")
                parts = [] if target.startswith("/") else [part for part in base.split("/") if part]
                for part in target.split("/"):
                    parts = parts[:-1] if part == ".." else [*parts, part] if part else parts
                assert "/".join(parts) in names, target
        if name.endswith(".xlsx"):
            book = load_workbook(io.BytesIO(folder.read(name)))
            for row in book.active.iter_rows():
                for cell in row:
                    assert cell.data_type in {"s", "n", "inlineStr"}, cell.value
                    assert cell.hyperlink is None
    return folder


def workbooks(data):
    folder = zipfile.ZipFile(io.BytesIO(data))
    return [
        [[cell.value for cell in row] for row in load_workbook(io.BytesIO(folder.read(name))).active.iter_rows()]
        for name in sorted(folder.namelist())
        if name.endswith(".xlsx")
    ]
