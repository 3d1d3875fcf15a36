import pytest

from aipm.tables.cells import Kind, kind_of

NUMBERS = """1 -1.5 1,037,011.5 12,34,567.00 1.234,56 £65.60 $46.01 99,00€ (100.00) 22.69% 1.9e+006 .5 00501 <5"""
DATES = """2024-01-31 31/01/2024 31.01.2024 1/22/20 09-Mar-11 14-Jan 12:30 12:30:01.5 2024-01-31T12:30:00Z Jan-2012"""


@pytest.mark.parametrize("cell", [*NUMBERS.split(), "10 000", "1 234,50 €", "− 3"])
def test_numbers_of_all_countries(cell):
    assert kind_of(cell) is Kind.NUMBER


@pytest.mark.parametrize("cell", [*DATES.split(), "2020-Q1", "2016-12-21 12:31:41", "Dec 5, 2020", "1:05 pm"])
def test_dates_and_times(cell):
    assert kind_of(cell) is Kind.DATE


@pytest.mark.parametrize("cell", ["NA", "n/a", "#N/A", "-", "?", "..", "NULL", "\\N", "Nil return"])
def test_tokens_that_stand_for_nothing(cell):
    assert kind_of(cell) is Kind.MISSING


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("", Kind.EMPTY),
        (" \t", Kind.EMPTY),
        ("ann@example.org", Kind.LINK),
        ("https://example.org/a?b=c", Kind.LINK),
        ("10.0.0.1", Kind.LINK),
        ("MG-8769", Kind.CODE),
        ("Baker Street 221b", Kind.CODE),
        ("Mayor", Kind.TEXT),
        ("Good, fast", Kind.TEXT),
        ("7" * 60, Kind.TEXT),
    ],
)
def test_everything_else(cell, kind):
    assert kind_of(cell) is kind
