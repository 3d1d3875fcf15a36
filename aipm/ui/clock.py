"""What day it is for the person at the screen: the one place that asks, so that a test can say another day."""

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

import streamlit as st

from aipm.ui.state import key

DAY = key("clock", "today")
"""In the session: the day it is to be, in place of the real one."""


def today() -> date:
    """The day by the clock of the browser."""
    return st.session_state.get(DAY) or now().astimezone(zone()).date()


def now() -> datetime:
    """This moment, to the second, in UTC."""
    return datetime.now(UTC).replace(microsecond=0)


def zone() -> tzinfo:
    """The time zone of the browser; UTC where it names none that is known."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (KeyError, ValueError, OSError):
        return UTC
