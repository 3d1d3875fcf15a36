"""What the Use-case mapper puts into a brief: the pain as it was typed, what it calls for, a journey."""

from collections.abc import Mapping
from typing import Any

from aipm.brief.entry import Entry, Figure
from aipm.content.chart import Series
from aipm.mapping.journey import COLUMNS, MappedJourney, Stage, remarks
from aipm.mapping.result import MappingResult
from aipm.mapping.texts import mapping_texts
from aipm.ui.brief_add_texts import brief_add_texts
from aipm.ui.brief_entries_parts import chart, made, short

MOST_STAGES, MOST_PAINS, MOST_OF_A_STAGE = 30, 120, 30
"""What a brief keeps of a journey: a chapter of a decision, not a file of interviews."""


def pain(typed: str, *, about: Mapping[str, str | None]) -> Entry:
    """The words, whole; `about`: what else was said of it (who, how often), by name."""
    spec = {"words": typed, **{name: said for name, said in about.items() if said}}
    return made("use_case_mapper.pain", spec=spec, summary=typed.strip())


def capability(found: MappingResult, *, names: Mapping[str, str]) -> Entry:
    """The answer and how the seven compare, without the words."""
    said, first = brief_add_texts().mapper, names[found.ranking[0].capability]
    fits = [(names[each.capability], round(100 * each.score, 1)) for each in found.ranking]
    warnings = [mapping_texts().remarks[code] for code in found.remarks]
    if not found.may_not_need_ai:
        warnings.append(mapping_texts().strengths[found.strength].means)
    drawn = chart(
        "bars",
        title=said["fits_chart"].format(name=first),
        labels=[name for name, _ in fits],
        series=[Series(name=said["fits"], values=tuple(value for _, value in fits))],
        alternative=said["fits_alternative"],
        note=said["fits_note"],
        named=said["kind"],
    )
    return made(
        "use_case_mapper",
        spec={"output": found.spec.output, "ranking": [each.capability for each in found.ranking]},
        warnings=warnings,
        charts=[None if found.may_not_need_ai else drawn],
        versions=("encoder",),
    )


def journey(found: MappedJourney[Any], *, columns: Mapping[str, str]) -> Entry:
    """Stages and pains, as many as a brief keeps, and the picture."""
    said, picture = brief_add_texts().mapper, found.picture
    stages, left = _kept(found.journey.stages, said["no_stage"])
    used = [column for column in COLUMNS if picture.column(column)]
    cells = [
        said["picture_cell"].format(stage=_stage(stage, said["no_stage"]), count=count, name=columns[column])
        for stage in picture.stages
        for column in used
        if (count := picture.count(stage, column))
    ]
    drawn = chart(
        "matrix",
        title=said["picture"],
        labels=[columns[column] for column in used],
        series=[
            Series(
                name=_stage(stage, said["no_stage"]),
                values=tuple(float(picture.count(stage, column)) for column in used),
            )
            for stage in picture.stages
        ],
        alternative=said["picture_alternative"],
        values=cells,
        named=said["stage"],
    )
    return made(
        "use_case_mapper.journey",
        spec={"stages": stages},
        warnings=[*remarks(found.journey), *([said["left"].format(count=f"{left:,}")] if left else [])],
        figures=[
            Figure(name=said["pains"], value=float(len(found.journey.pains))),
            *(Figure(name=columns[column], value=float(len(picture.column(column)))) for column in used),
        ],
        charts=[drawn],
        versions=("encoder",),
    )


def _stage(name: str | None, no_stage: str) -> str:
    return short(name) if name else no_stage


def _kept(stages: tuple[Stage, ...], no_stage: str) -> tuple[list[dict[str, Any]], int]:
    """The first stages with their first pains, and how many pains are left out."""
    found, count = [], 0
    for each in stages[:MOST_STAGES]:
        pains = [pain.text for pain in each.pains[: min(MOST_OF_A_STAGE, MOST_PAINS - count)]]
        count += len(pains)
        if pains:
            found.append({"stage": each.name or no_stage, "pains": pains})
    return found, sum(len(each.pains) for each in stages) - count
