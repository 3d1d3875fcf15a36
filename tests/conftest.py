"""What every test shares."""


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes name no test: they may hold the time of day, and workers must agree on the names."""
    return f"{len(val)}-bytes" if isinstance(val, bytes | bytearray | memoryview) else None
