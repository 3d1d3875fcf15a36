"""Tables for the tests of the search, and the search in one call."""

from dataclasses import replace

import numpy as np

from aipm.fairness.samples import as_table
from aipm.fairness.spec import AuditSpec
from aipm.fairness.worst import Ready, ready, search
from aipm.fairness.worst_cube import cube
from aipm.fairness.worst_spec import Worst, WorstSpec
from tests.fairness.build import table

BERKELEY = as_table("admissions")


def asked(**spec) -> AuditSpec:
    return AuditSpec(**{"groups": ("a",), "prediction": "hired", **spec})


def made_ready(data, columns, **spec) -> Ready:
    return ready(cube(data, asked(**spec), tuple(columns)))


def searched(data, columns, *, metric="selection_rate", favourable="positive", wanted=None, **spec) -> Worst:
    question = replace(WorstSpec(metric=metric, columns=tuple(columns)), **(wanted or {}))
    return search(made_ready(data, columns, **spec), question, asked(favourable=favourable, **spec))


def people(rows, *, seed, sizes=(2, 3, 4, 3), rate=0.5, planted=None, planted_rate=0.2):
    """Random people in columns a, b, c, …; `planted` is a condition {column: value} with a rate of its own."""
    rng = np.random.default_rng(seed)
    columns = {name: rng.integers(0, size, rows) for name, size in zip("abcdefgh", sizes, strict=False)}
    chance = np.full(rows, rate)
    if planted:
        inside = np.logical_and.reduce([columns[name] == value for name, value in planted.items()])
        chance[inside] = planted_rate
    hired = np.where(rng.random(rows) < chance, "yes", "no")
    return table({**{name: [f"{name}{value}" for value in column] for name, column in columns.items()}, "hired": hired})


def groups(found):
    return [dict(each.here.group) for each in found.subgroups if each.found]
