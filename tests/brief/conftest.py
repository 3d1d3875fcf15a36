"""Databases of every kind, empty, and a clock that tests turn."""

from datetime import UTC, datetime, timedelta

import pytest

from aipm.brief.database import Database


class Clock:
    def __init__(self):
        self.at = datetime(2026, 11, 21, 9, tzinfo=UTC)

    def __call__(self):
        return self.at

    def wait(self, **span):
        self.at += timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def opened(clock):
    """Open a database by its URL; closed at the end."""
    held = []

    def call(url, **options):
        held.append(Database(url, clock=clock, **options))
        return held[-1]

    yield call
    for each in held:
        each.close()


@pytest.fixture
def sqlite_url(tmp_path):
    return f"sqlite:///{tmp_path / 'kept' / 'aipm.sqlite'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request):
    """Of a database that several processes can share."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def database(request, opened):
    return opened("sqlite://" if request.param == "memory" else request.getfixturevalue(f"{request.param}_url"))
