"""Every content file gives the same data by yaml's loader in C and by that in Python: either may be at hand."""

import pytest
import yaml

from aipm import content

FILES = sorted(content.FOLDER.rglob("*.yaml"))
IN_C = getattr(yaml, "CSafeLoader", None)
pytestmark = pytest.mark.skipif(IN_C is None, reason="PyYAML was built without its loader in C: nothing to compare")


def said(text, loader):
    """The data in words, as 1, 1.0 and True are equal to one another, or what kind of fault is found in the text."""
    try:
        return repr(yaml.load(text, loader))  # noqa: S506 - both are safe loaders
    except yaml.YAMLError as problem:
        return type(problem).__name__


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(content.FOLDER)))
def test_both_loaders_give_the_same(path):
    """Quote what ends in a question mark inside braces: {link: "Really?"}."""
    text = path.read_text(encoding="utf-8")
    assert said(text, yaml.SafeLoader) == said(text, IN_C)


def test_the_check_itself_sees_the_trap():
    assert said("{link: Really?}", IN_C) == "{'link': 'Really?'}"
    assert said("{link: Really?}", yaml.SafeLoader) == "ParserError"
    assert said('{link: "Really?"}', yaml.SafeLoader) == "{'link': 'Really?'}"
