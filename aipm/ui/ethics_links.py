"""Links from the Ethics page to its own views and to other pages, several of them to one place on the same page."""

from collections.abc import Mapping
from dataclasses import dataclass

from aipm.ui import address, page

PAGE = "ethics"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkText:
    """A place: a page of the registry, and what stands in its address."""

    page: str
    query: dict[str, str]
    name: str


def link(to: LinkText, *, name: str, text: str | None = None) -> None:
    """A way there; `name` sets it apart from the other ways on the page, `text` says it in other words."""
    if to.page == PAGE:
        query: Mapping[str, str | None] = {**to.query}
        address.goes(PAGE, text or to.name, query, name=name, icon=":material/arrow_forward:", whole=True)
    else:
        page.link(to.page, text or to.name, **to.query)
