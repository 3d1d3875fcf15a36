"""Training runs for the page. A run on generated points holds nobody's data: who asks for the same one shares it."""

from functools import lru_cache
from threading import Lock

from aipm.labs.network_spec import NetworkSpec
from aipm.labs.network_training import Trained, train
from aipm.labs.points import Points
from aipm.ui.memo import once
from aipm.ui.network_address import PAGE

KEPT = 64
_TURN = Lock()
"""One run at a time: Python works on one anyhow, and forty people with one link then wait for a single run."""


@lru_cache(maxsize=KEPT)
def _shared(spec: NetworkSpec) -> Trained:
    return train(spec)


def run(spec: NetworkSpec, *, working: str) -> Trained:
    """The run of a setting on generated points."""

    def work() -> Trained:
        with _TURN:
            return _shared(spec)

    return once(PAGE, "run", spec, work, working=working, keep=3)


def run_own(spec: NetworkSpec, points: Points, *, name: str, working: str) -> Trained:
    """The run of a setting on somebody's own points, kept in their session alone; `name` tells the points apart."""

    def work() -> Trained:
        with _TURN:
            return train(spec, points)

    return once(PAGE, "run.own", (spec, name), work, working=working)
