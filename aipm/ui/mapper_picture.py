"""A journey as a picture: stages down, capabilities across, how many pains call for what."""

from aipm.content import number
from aipm.mapping.journey import COLUMNS, UNCLEAR, Picture, journey_texts
from aipm.ui.fragments import scrolling
from aipm.ui.mapper_answer import names
from aipm.ui.safe import Html, markup

STRONGEST = 40
"""Per cent of the mark's colour in the fullest cell; text on it keeps 4.5 : 1 on both pages."""


def column_name(column: str) -> str:
    return names().get(column) or journey_texts().columns[column]


def picture(found: Picture, *, caption: str, every: str) -> Html:
    """Only columns that some pain calls for; what is still unclear is the last, and marked. `every` names the sums."""
    shown = [column for column in COLUMNS if found.column(column)]
    most = max((len(pains) for pains in found.cells.values()), default=1)
    head = "".join(f'<th scope="col">{_unclear(column)}{markup(column_name(column))}</th>' for column in shown)
    body = "".join(
        f'<tr><th scope="row">{markup(stage or journey_texts().no_stage)}</th>'
        f"{''.join(_cell(found.count(stage, column), most, column) for column in shown)}</tr>"
        for stage in found.stages
    )
    totals = "".join(f"<td>{number.count(len(found.column(column)))}</td>" for column in shown)
    return scrolling(
        Html(
            f'<table class="journey"><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody>'
            f'<tfoot><tr><th scope="row">{markup(every)}</th>{totals}</tr></tfoot></table>'
        ),
        label=caption,
    )


def _cell(count: int, most: int, column: str) -> str:
    if not count:
        return '<td><span class="unseen">0</span></td>'
    kind = "unclear" if column == UNCLEAR else "some"
    return (
        f'<td class="{kind}" style="--strength:{round(8 + (STRONGEST - 8) * count / most)}%">{number.count(count)}</td>'
    )


def _unclear(column: str) -> str:
    return '<span class="is-weak"><span class="sign"></span></span>' if column == UNCLEAR else ""
