"""The texts of findings: each kind of the contract has them, and each template holds only what is filled in."""

import re
from pathlib import Path
from string import Formatter

import aipm.prep.profile.sheet as sheets
from aipm.prep.profile.sheet import VERBS, texts
from aipm.prep.profile.words import words, words_of

FILLED = {"cells", "rows", "count", "share", "columns", *VERBS}
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in Path(sheets.__file__).parent.glob("*.py"))


def test_every_text_is_used_and_every_kind_has_one():
    used = set(re.findall(r'"([a-z0-9_]+)"', SOURCES))
    for key in texts():
        kind, _, variant = key.partition(".")
        assert kind in used, key
        assert not variant or variant in used, key
        assert kind in texts()


def test_templates_name_only_what_a_finder_says():
    said = FILLED | set(re.findall(r'"([a-z0-9_]+)":', SOURCES))
    for key, text in texts().items():
        names = {
            name for part in (text.message, text.why, text.advice) for _, name, _, _ in Formatter().parse(part) if name
        }
        assert names <= said, key
        assert 0 <= text.weight <= 100


def test_words_are_in_small_letters():
    known = words()
    for word in (*known.missing_tokens, *known.entity, *known.first_names, *known.quasi, *known.never_zero):
        assert word == word.lower() or word == "\\N"


def test_names_in_words():
    assert {"date", "of", "birth", "dateofbirth"} <= words_of("Date of Birth")
    assert {"customer", "name", "customername"} <= words_of("customerName_2")
