"""Keeps modules out of processes that never use them, but whose libraries load them where they are installed.

pyarrow loads pandas at the first conversion, for 0.25 s, and on its import numpy, for 0.07 s, and cloudpickle.
"""

import sys
from importlib.machinery import ModuleSpec


class _Without:
    """An importer that says that some modules are not installed."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        if name in self.names:
            raise ModuleNotFoundError(name=name)
        return None


def leave_out(*names: str) -> None:
    """From here on this process has no modules of these names, unless they are loaded already."""
    sys.meta_path.insert(0, _Without(names))
