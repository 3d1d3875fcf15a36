"""What every test shares."""

import os

from hypothesis import settings

# No deadline: nothing here asserts a time. On CI the same examples every run; new ones are looked for elsewhere.
settings.register_profile("anywhere", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "anywhere")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes name no test: they may hold the time of day, and workers must agree on the names."""
    return f"{len(val)}-bytes" if isinstance(val, bytes | bytearray | memoryview) else None
