"""Keeps pandas out of processes that never use it: pyarrow would load it at the first conversion, for 0.25 s."""

import sys
from importlib.machinery import ModuleSpec


class _WithoutPandas:
    """An importer that says pandas is not installed."""

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        if name == "pandas":
            raise ModuleNotFoundError(name=name)
        return None


def leave_pandas_out() -> None:
    """From here on this process has no pandas; pyarrow, duckdb and numpy do without."""
    if "pandas" not in sys.modules:
        sys.meta_path.insert(0, _WithoutPandas)
