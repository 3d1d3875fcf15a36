"""Where somebody is on the Neural networks page, and the setting of the lab, as they stand in its address.

Nothing of a file that somebody opened ever stands there.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

from aipm.labs.network_spec import NetworkSpec, part, written
from aipm.tables import Refusal
from aipm.ui import address
from aipm.ui.state import Bound

PAGE = "neural_networks"
T = TypeVar("T")
FIRST = NetworkSpec()


def asked(name: str, options: Sequence[T], default: T) -> T:
    """What the address says; the default where it says nothing, or nothing that there is."""
    return address.asked(name, options, default, say=written)


def held(name: str, value: T, *, default: T, say: Callable[[T], str] = written) -> Bound:
    """Arguments of a widget that shows `value` and writes what is chosen into the address."""
    return address.held(PAGE, name, value, default=default, say=say)


def put(name: str, said: str | None) -> None:
    address.put(**{name: said})


def setting() -> NetworkSpec:
    """The lab's setting that the address means; a part that cannot be is as at first."""
    parts: dict[str, str] = {}
    for name in FIRST.to_dict():
        said = st.query_params.get(name)
        if said is None:
            continue
        try:
            part(name, said)
        except Refusal:
            continue
        parts[name] = said
    return NetworkSpec.from_dict(parts)


def link(text: str, to: Mapping[str, str], *, name: str, icon: str | None = ":material/arrow_forward:") -> None:
    """A link to another place on this page."""
    address.goes(PAGE, text, to, name=name, icon=icon, whole=True)


def differing(spec: NetworkSpec) -> dict[str, str]:
    """The parts of a setting that the address has to say."""
    first = FIRST.to_dict()
    return {name: said for name, said in spec.to_dict().items() if said != first[name]}
