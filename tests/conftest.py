"""What every test shares."""

import itertools
import os
import random

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from aipm import cli
from tests import postgresql
from tests.command import strict

os.environ["AIPM_KEEP"] = "memory"  # no test writes into the data directory of whoever runs it
# No deadline: nothing here asserts a time. On CI the same examples every run; new ones are looked for elsewhere.
settings.register_profile("anywhere", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("anywhere"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "anywhere")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes name no test: they may hold the time of day, and workers must agree on the names."""
    return f"{len(val)}-bytes" if isinstance(val, bytes | bytearray | memoryview) else None


STATES = {}
DATABASES = itertools.count()


@pytest.fixture(autouse=True)
def _same_draws(request):
    """A module's generators begin each test where its import left them: workers run tests in any order and company."""
    for name, held in vars(request.module).items():
        place = request.module.__name__, name
        if isinstance(held, np.random.Generator):
            held.bit_generator.state = STATES.setdefault(place, held.bit_generator.state)
        elif isinstance(held, random.Random):
            held.setstate(STATES.setdefault(place, held.getstate()))


@pytest.fixture
def run(capsys):
    """Run a command: (exit status, the objects on standard output). Standard error must stay empty."""

    def call(*arguments):
        try:
            status = cli.main([str(each) for each in arguments])
        except SystemExit as left:
            status = left.code
        out, err = capsys.readouterr()
        assert (status == 2) == bool(err)
        return status, [strict(line) for line in out.splitlines()]

    return call


@pytest.fixture(scope="session")
def postgresql_server():
    """One for all tests that run in this process, each in a database of its own."""
    if postgresql.programs() is None:
        pytest.skip("no PostgreSQL programs on this machine")
    with postgresql.server() as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql_server):
    """Of an empty database."""
    name = f"t{next(DATABASES)}"
    postgresql_server.execute(f"CREATE DATABASE {name}")
    return postgresql_server.url(name)
