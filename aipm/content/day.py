"""How days look, everywhere: 12 Nov 2026."""

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date) -> str:
    """A day with its month as a word, whatever language the machine speaks."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
