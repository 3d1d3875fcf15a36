"""Every operation by name. A module here ends with `OPERATIONS = (Operation(...), …)` and says what its steps do.

prepare.py carries the source of an operation's functions, and of every function, class, constant and import of their
modules that they name. So the names of functions and constants are unique across the modules, decorated functions and
imports of aipm within a function are not used, and a column or value never comes from anywhere but the arguments.
The operation called "split" gives, for every row, the name of its part: train, validation, test, or missing: in none.
"""

import pkgutil
from functools import cache
from importlib import import_module

from aipm.prep.operation import Operation


@cache
def operations() -> dict[str, Operation]:
    """All operations, in the order of their modules."""
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return {each.name: each for module in modules for each in getattr(module, "OPERATIONS", ())}


def __getattr__(name: str) -> dict[str, Operation]:
    if name == "OPERATIONS":
        return operations()
    raise AttributeError(name)
