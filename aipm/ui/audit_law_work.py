"""Reports for laws and rules, each worked out once: the numbers, and how their section and their files are made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from aipm.fairness.counting import count
from aipm.fairness.counts import Counts, normalised
from aipm.fairness.disclosure import suppress
from aipm.fairness.law_data import by_columns, unknown_values
from aipm.fairness.law_evidence import Sheet, evidence
from aipm.fairness.law_four_fifths import FourFifths
from aipm.fairness.law_four_fifths import four_fifths as compared
from aipm.fairness.law_nyc import Nyc, NycAsked
from aipm.fairness.law_nyc import nyc as tabled
from aipm.fairness.law_out import evidence_csv, four_fifths_csv, nyc_csv, to_html
from aipm.fairness.law_said import four_fifths_section, not_advice, nyc_section
from aipm.fairness.law_said_evidence import evidence_section
from aipm.fairness.law_texts import Measure, Rule
from aipm.fairness.section import Section
from aipm.fairness.spec import AuditSpec, Group
from aipm.ui.audit_deeper import PAGE, Asked
from aipm.ui.memo import once

KEPT = 6
Found = Nyc | FourFifths | Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A report: `found` makes its numbers with groups smaller than a number of people hidden."""

    rule: Rule
    found: Callable[[int], Found]
    day: date
    file_name: str
    answers: dict[str, str]

    @property
    def ending(self) -> str:
        return not_advice(self.day)


def counted(asked: Asked, columns: tuple[str, ...]) -> tuple[Counts, AuditSpec]:
    """The counts by these columns: those at hand, or the rows counted once more where they lack one. Raises Refusal."""
    if set(columns) <= set(asked.counts.columns):
        return asked.counts, asked.spec
    spec = by_columns(asked.spec, columns)
    return once(
        PAGE, "deeper.law.counts", (asked.question, columns), lambda: normalised(count(asked.table, spec), spec)
    ), spec


def values(counts: Counts, columns: tuple[str, ...]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Every value of the columns, and those that usually mean that nobody knows."""
    everything = [
        (column, value)
        for column in columns
        for value in counts.values[counts.columns.index(column)]
        if value is not None
    ]
    usual = set(unknown_values(counts, columns))
    return everything, [each for each in everything if each in usual]


def nyc(
    asked: Asked,
    *,
    sex: str | None,
    race: str | None,
    measure: Measure,
    unknown: Group,
    leave_out_small: bool,
    answers: dict[str, str],
    day: date,
) -> Made:
    question = NycAsked(sex=sex, race=race, measure=measure, unknown=unknown, leave_out_small=leave_out_small)
    counts, spec = counted(asked, question.columns)
    return _made(
        asked,
        "nyc",
        (question,),
        lambda threshold: tabled(counts, spec, question, threshold=threshold),
        answers=answers,
        day=day,
    )


def four_fifths(asked: Asked, *, measure: Measure, day: date) -> Made:
    return _made(
        asked,
        "four_fifths",
        (measure,),
        lambda threshold: compared(asked.counts, asked.spec, measure=measure, threshold=threshold),
        answers={},
        day=day,
    )


def ai_act(asked: Asked, *, answers: dict[str, str], day: date) -> Made:
    def found(threshold: int) -> Sheet:
        return evidence(
            suppress(asked.result, threshold=threshold) if threshold > 1 else asked.result,
            file_name=asked.file_name,
            reading=asked.table.reading,
            columns=len(asked.table.columns),
            answers=answers,
        )

    return _made(asked, "ai_act", (asked.file_name, *answers.items()), found, answers=answers, day=day)


def _made(
    asked: Asked,
    rule: Rule,
    question: tuple[object, ...],
    work: Callable[[int], Found],
    *,
    answers: dict[str, str],
    day: date,
) -> Made:
    """What `work` has made is kept: the page shows it again, and every file is made of it."""
    return Made(
        rule=rule,
        found=once(PAGE, f"deeper.law.{rule}", (asked.question, *question), lambda: cache(work), keep=KEPT),
        day=day,
        file_name=asked.file_name,
        answers=answers,
    )


def section(made: Made, threshold: int) -> Section:
    """In words and tables. Touches no Streamlit: reports are made by it."""
    found = made.found(threshold)
    if isinstance(found, Nyc):
        return nyc_section(found, day=made.day)
    if isinstance(found, FourFifths):
        return four_fifths_section(found, day=made.day)
    return evidence_section(found, day=made.day, threshold=threshold)


def html(made: Made, threshold: int) -> bytes:
    """The report as one file."""
    return to_html(
        section(made, threshold),
        rule=made.rule,
        file_name=made.file_name,
        generated=datetime.now(UTC),
        day=made.day,
        answers=made.answers,
    ).encode()


def csv(made: Made, threshold: int) -> bytes:
    """The numbers, as spreadsheets open them."""
    found = made.found(threshold)
    if isinstance(found, Nyc):
        text = nyc_csv(found, day=made.day, answers=made.answers)
    elif isinstance(found, FourFifths):
        text = four_fifths_csv(found, day=made.day)
    else:
        text = evidence_csv(found, day=made.day)
    return text.encode("utf-8-sig")
