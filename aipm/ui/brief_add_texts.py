"""The words of the button that puts a result into the brief, and of what is kept: content/brief_add.yaml."""

from dataclasses import dataclass

from aipm import content


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    add: str
    added: str
    older: str
    renew: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTexts(Labels):
    help: str
    renew_help: str
    hour: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefAddTexts:
    """`named` and `helps` stand in for the offer's own labels and help; `titles` name an entry. All by the tool's name.

    The other parts are names of figures and charts of one maker each.
    """

    offer: OfferTexts
    named: dict[str, Labels]
    helps: dict[str, str]
    titles: dict[str, str]
    mapper: dict[str, str]
    scorer: dict[str, str]
    prep: dict[str, str]
    audit: dict[str, str]
    lifecycle: dict[str, str]


def brief_add_texts() -> BriefAddTexts:
    """What the file holds. Raises ContentError."""
    found: BriefAddTexts = content.load("brief_add", BriefAddTexts)
    return found
