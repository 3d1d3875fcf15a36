"""Which capability a card seems to call for, as the mapper says it: a proposal, for a person to take or leave."""

from collections.abc import Sequence

from aipm.workshop.cards import Group


def proposed_tags(groups: Sequence[Group]) -> dict[int, str]:
    """Card -> a capability's key or "none", for groups without a tag of which the mapper can tell."""
    from aipm.mapping.journey import UNCLEAR, column_of
    from aipm.mapping.mapper import map_statements
    from aipm.mapping.result import MappingSpec

    asked = [group.card for group in groups if group.tag is None]
    results = map_statements([MappingSpec(text=card.text) for card in asked]) if asked else []
    found = {card.id: column_of(result) for card, result in zip(asked, results, strict=True)}
    return {number: tag for number, tag in found.items() if tag != UNCLEAR}
