"""The evidence sheet for Article 10 in words: points with what was found, and the questions left to a person."""

from datetime import date

from aipm.fairness.law_evidence import Evidence, Sheet
from aipm.fairness.law_said import ending, sources_of
from aipm.fairness.law_texts import law_texts
from aipm.fairness.section import Point, Section


def evidence_section(sheet: Sheet, *, day: date, threshold: int = 0) -> Section:
    """The evidence sheet for Article 10: the answer, for whom the article is, then point by point."""
    say = law_texts().ai_act
    answer = say.answer.format(
        points=len(sheet.points),
        shown=sheet.shown,
        questions=sheet.questions,
        answered=sheet.questions - sheet.open,
    )
    points = tuple(
        Point(
            title=say.point.format(article=point.article, asks=point.asks),
            lines=found_of(point),
            said=tuple((question, answer or None) for _, question, answer in point.said),
        )
        for point in sheet.points
    )
    return Section(
        title=say.title,
        lines=(answer, say.caution),
        points=points,
        notes=(*say.method, *ending("ai_act", day, threshold)),
        sources=sources_of("ai_act"),
        options=("--law=ai-act",),
    )


def found_of(point: Evidence) -> tuple[str, ...]:
    """What the data shows of a point, in sentences."""
    return point.found or (law_texts().ai_act.found.nothing,)


def said_of(point: Evidence) -> tuple[str, ...]:
    """The questions of a point with what a person said, or that it is open."""
    return tuple(f"{question}: {answer or law_texts().shared.to_fill}" for _, question, answer in point.said)
