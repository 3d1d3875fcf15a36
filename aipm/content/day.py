"""How days look, everywhere, whatever language the machine speaks: 12 Nov 2026 in tables, in full in sentences."""

from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def day(value: date) -> str:
    """12 Nov 2026."""
    return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"


def in_full(value: date) -> str:
    """12 November 2026."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(written: str) -> str:
    """A month such as 2026-11 in words: November 2026."""
    year, number = written.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"
