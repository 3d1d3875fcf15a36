"""Where briefs and rooms are kept, and for how long: from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aipm.tables import Refusal

FILE = "aipm.sqlite"
"""The database's file in the data directory."""
MEMORY = "sqlite://"
"""The URL of a database that no disk sees."""
KEEP_DAYS = 90
LONGEST = 3650
"""Days: ten years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where and how long."""

    url: str
    """Of the database. It may hold a password: show it to nobody."""
    keep_days: int = KEEP_DAYS
    """Days after the last save until a brief expires."""
    data_directory: Path | None = None
    """The directory that this app makes and keeps its file in; None where it keeps none."""

    def __repr__(self) -> str:
        return f"Settings(keep_days={self.keep_days}, data_directory={self.data_directory!s})"


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """AIPM_DATABASE_URL, AIPM_DATA_DIR, AIPM_KEEP, AIPM_KEEP_DAYS. Raises Refusal where they contradict each other."""
    told = os.environ if environment is None else environment
    url, directory = told.get("AIPM_DATABASE_URL", "").strip(), told.get("AIPM_DATA_DIR", "").strip()
    keep, keep_days = told.get("AIPM_KEEP", "").strip().casefold(), _days(told.get("AIPM_KEEP_DAYS", "").strip())
    if keep not in {"", "disk", "memory"}:
        raise _refusal("AIPM_KEEP is neither “memory” nor “disk”.", "Set one of them, or leave it out.")
    if keep == "memory":
        if url:
            raise _refusal("AIPM_KEEP=memory and AIPM_DATABASE_URL contradict each other.", "Leave one of them out.")
        return Settings(url=MEMORY, keep_days=keep_days)
    if url:
        return Settings(url=url, keep_days=keep_days)
    place = Path(directory).expanduser().absolute() if directory else _usual(told)
    return Settings(url=f"sqlite:///{place / FILE}", keep_days=keep_days, data_directory=place)


def _usual(told: Mapping[str, str]) -> Path:
    """Where programs keep what is theirs (XDG Base Directory Specification 0.8: relative paths are to be ignored)."""
    above = Path(told.get("XDG_DATA_HOME", "").strip())
    if not above.is_absolute():
        home = told.get("HOME", "").strip()
        try:
            above = (Path(home) if home else Path.home()) / ".local" / "share"
        except RuntimeError as problem:
            raise _refusal("There is no home directory to keep things in.", "Set AIPM_DATA_DIR to one.") from problem
    return above / "aipm"


def _days(text: str) -> int:
    if not text:
        return KEEP_DAYS
    days = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    if not 1 <= days <= LONGEST:
        raise _refusal(f"AIPM_KEEP_DAYS is not a whole number from 1 to {LONGEST}.", "Set one, or leave it out.")
    return days


def _refusal(message: str, advice: str) -> Refusal:
    return Refusal("settings", message, advice=advice)
