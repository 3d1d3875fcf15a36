"""What every test of a container needs: reading bytes, and expecting a refusal."""

import pytest

from aipm.tables.containers import identify, unpack
from aipm.tables.model import Limits, ReadError, ReadOptions

CELL = "Beeblebrox"  # stands in files that are refused; no message may quote it


@pytest.fixture
def read():
    def reading(data, *, limits=None, **options):
        return unpack(data, ReadOptions(**options), limits or Limits())

    return reading


@pytest.fixture
def refused(read):
    """Read what must be refused, and return the refusal, which says what is wrong and what to do next."""

    def refusing(data, **options):
        with pytest.raises(ReadError) as caught:
            read(data, **options)
        refusal = caught.value
        assert refusal.message.endswith(".")
        assert refusal.advice.endswith(".")
        assert CELL not in refusal.message + refusal.advice
        return refusal

    return refusing


@pytest.fixture(scope="session")
def answer():
    """What comes of any bytes: a table or text, or a refusal with advice."""

    def answering(data):
        try:
            return unpack(data, ReadOptions(), Limits())
        except ReadError as refusal:
            return refusal if refusal.message and refusal.advice else None

    return answering


@pytest.fixture
def unknown():
    """The refusal of `identify`."""

    def identifying(data):
        with pytest.raises(ReadError) as caught:
            identify(data)
        assert caught.value.advice
        return caught.value

    return identifying


@pytest.fixture
def warned():
    """Codes and counts of warnings."""
    return lambda found: {warning.code: warning.count for warning in found.warnings}
