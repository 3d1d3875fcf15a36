"""Reports for laws and rules in words and tables: what the page shows, what the audit's report carries."""

from datetime import date

from aipm.content import number
from aipm.content.day import in_full
from aipm.fairness.law_evidence import Evidence, Sheet
from aipm.fairness.law_four_fifths import FourFifths, FourFifthsTable, Line
from aipm.fairness.law_nyc import Category, Nyc, NycTable
from aipm.fairness.law_texts import Rule, law_texts
from aipm.fairness.section import Section, Table
from aipm.fairness.texts import short, texts

HARDLY = 0.985
"""Impact ratios from here on are told as hardly any difference."""


def nyc_section(found: Nyc, *, day: date) -> Section:
    """The tables of Local Law 144, the answer first."""
    say = law_texts().nyc
    worst_first = sorted(found.tables, key=lambda table: min(_ratios(table), default=1.0))
    lines = [*map(_nyc_answer, worst_first), say.no_mark]
    if len(found.asked.columns) < 2:
        lines.append(say.one_column)
    lines += nyc_counts(found)
    return Section(
        title=say.title,
        lines=tuple(lines),
        tables=tuple(_nyc_table(table, found) for table in found.tables),
        notes=(*say.method, *_ending("nyc", day, found.threshold)),
        sources=_sources("nyc"),
    )


def nyc_counts(found: Nyc) -> list[str]:
    """What is stated beside the tables: how many people, how many of unknown category, the median."""
    say, measure = law_texts().nyc, found.asked.measure
    lines = [say.people_hidden if found.people is None else say.all_people.format(count=number.count(found.people))]
    if found.without:
        lines.append(say.without.format(count=number.count(found.without), what=say.what[measure]))
    for table in found.tables:
        name = say.tables[table.part]
        lines.append(
            say.unknown_hidden.format(table=name)
            if table.unknown is None
            else say.unknown_line.format(table=name, count=number.count(table.unknown))
        )
    if measure == "scoring_rate" and found.median is not None:
        lines.append(say.median.format(median=f"{found.median:.6g}"))
    if found.favourable == "negative":
        lines.append(say.inverted if measure == "selection_rate" else say.inverted_score)
    if found.weighted:
        lines.append(say.weighted)
    if found.threshold > 1:
        lines.append(say.asks_numbers)
    return lines


def _ratios(table: NycTable) -> list[float]:
    return [each.ratio for each in table.categories if each.ratio is not None]


def _nyc_answer(table: NycTable) -> str:
    say, name = law_texts().nyc, law_texts().nyc.tables[table.part]
    rated = [each for each in table.categories if each.ratio is not None]
    best = next((each for each in rated if each.group == table.highest), None)
    if best is None or len(rated) < 2:
        return say.answer_none.format(by=name)
    lowest = min(rated, key=lambda each: each.ratio or 0.0)
    if (lowest.ratio or 0.0) >= HARDLY:
        return say.answer_equal.format(by=name, ratio=number.ratio(lowest.ratio))
    return say.answer.format(
        by=name,
        ratio=number.ratio(lowest.ratio),
        group=short(lowest.group),
        rate=number.rate(lowest.rate),
        highest=short(best.group),
        highest_rate=number.rate(best.rate),
    )


def _nyc_table(table: NycTable, found: Nyc) -> Table:
    say, shared = law_texts().nyc, law_texts().shared
    measure = found.asked.measure
    head = say.head
    return Table(
        caption=say.tables[table.part],
        head=(
            head["category"],
            head["applicants"],
            shared.measures[measure],
            head["rate"].format(rate=shared.rates[measure]),
            head["ratio"],
            head["note"],
        ),
        rows=tuple(_nyc_row(each) for each in table.categories),
    )


def _nyc_row(each: Category) -> tuple[str, ...]:
    say, shared = law_texts().nyc, law_texts().shared
    hidden = each.rate is None and each.kind == "suppressed"

    def shown(text: str) -> str:
        return shared.hidden if hidden else text

    return (
        short(each.group),
        shown(number.count(each.applicants)),
        shown(number.count(each.chosen)),
        shown(_with(number.rate(each.rate), number.interval(each.low, each.high, form=number.rate))),
        number.ratio(each.ratio),
        say.row_notes[each.kind],
    )


def _with(value: str, detail: str) -> str:
    """A number and, in brackets, what belongs to it."""
    return f"{value} {detail}" if detail and value != number.NONE else value


def four_fifths_section(found: FourFifths, *, day: date) -> Section:
    """The four-fifths rule by every column, the answer first."""
    say = law_texts().four_fifths
    lines = [_four_fifths_answer(found)]
    worst = found.worst
    others = [
        f"{table.column} = {short(line.group)}"
        for table in found.tables
        for line in table.lines
        if line.reading in ("flag", "flag_chance") and (worst is None or line is not worst[1])
    ]
    if others:
        lines.append(say.more.format(groups=", ".join(others)))
    if any(line.reading == "suppressed" for table in found.tables for line in table.lines):
        lines.append(say.hidden.format(threshold=found.threshold))
    single = [
        f"{table.column} = {short(line.group)}"
        for table in found.tables
        for line in table.lines
        if line.one_person and line.flag
    ]
    if single:
        lines.append(say.one_person_note.format(groups=", ".join(single)))
    lines += [
        say.unknown.format(column=table.column, count=number.count(table.unknown))
        for table in found.tables
        if table.unknown
    ]
    if not found.whole:
        lines.append(say.weighted)
    if found.favourable == "negative" and found.measure == "selection_rate":
        lines.append(say.inverted)
    return Section(
        title=say.title,
        lines=tuple(lines),
        tables=tuple(_four_fifths_table(table, found) for table in found.tables),
        notes=(*say.method, *_ending("four_fifths", day, found.threshold)),
        sources=_sources("four_fifths"),
    )


def _four_fifths_answer(found: FourFifths) -> str:
    say, worst = law_texts().four_fifths, found.worst
    if worst is None:
        return say.answer["not_rated"]
    column, line = worst
    highest = next(
        each
        for table in found.tables
        if table.column == column
        for each in table.lines
        if each.group == table.reference
    )
    return say.answer[line.reading].format(
        group=short(line.group),
        column=column,
        rate=number.rate(line.rate),
        highest=short(highest.group),
        highest_rate=number.rate(highest.rate),
        ratio=_telling(line),
        deviations=deviations(line.deviations),
    )


def _telling(line: Line) -> str:
    """A ratio with as many digits as it takes not to read as 0.80 where it is not."""
    text = number.ratio(line.ratio)
    return f"{line.ratio:.3f}" if text == "0.80" and line.ratio is not None and line.flag else text


def deviations(value: float | None) -> str:
    """How many standard deviations, with the sign of the difference: −2.3."""
    return number.NONE if value is None else f"{number.MINUS if value < 0 else ''}{abs(value):.1f}"


def _four_fifths_table(table: FourFifthsTable, found: FourFifths) -> Table:
    say, shared = law_texts().four_fifths, law_texts().shared
    caption = (
        say.table_none.format(column=table.column)
        if table.reference is None
        else say.table.format(column=table.column, reference=short(table.reference))
    )
    return Table(
        caption=caption,
        head=tuple(name.format(rate=shared.rates[found.measure]) for name in say.head.values()),
        rows=tuple(_four_fifths_row(line) for line in table.lines),
    )


def _four_fifths_row(line: Line) -> tuple[str, ...]:
    say, shared = law_texts().four_fifths, law_texts().shared
    flips = (
        shared.none
        if line.flips is None
        else (say.flips if line.flips > 0 else say.flips_down).format(count=number.count(abs(line.flips)))
    )
    of_all = say.of_all.format(selected=number.count(line.selected), people=number.count(line.people))
    corrected = number.p_value(line.corrected)
    return (
        short(line.group),
        say.readings[line.reading],
        _with(number.rate(line.rate), f"({of_all})"),
        _with(_telling(line), number.interval(line.low, line.high, form=number.ratio)),
        deviations(line.deviations),
        corrected if line.exact is None else _with(number.p_value(line.exact), f"({corrected})"),
        flips,
    )


def evidence_section(sheet: Sheet, *, day: date, threshold: int = 0, table: bool = False) -> Section:
    """The evidence sheet for Article 10, a point a line, or all points as a table of longer texts."""
    say, shared = law_texts().ai_act, law_texts().shared
    answer = say.answer.format(points=len(sheet.points), shown=sheet.shown, open=sheet.questions, open_now=sheet.open)
    rows = tuple(
        (point.article, point.asks, "\n".join(found_of(point)), "\n".join(said_of(point))) for point in sheet.points
    )
    points = tuple(
        " ".join((f"{point.article}: {point.asks}.", *found_of(point), f"{shared.fields}:", "; ".join(said_of(point))))
        for point in sheet.points
    )
    return Section(
        title=say.title,
        lines=(answer, say.caution, *(() if table else points)),
        tables=(Table(caption=say.caption, head=say.head, rows=rows),) if table else (),
        notes=(*say.method, *_ending("ai_act", day, threshold)),
        sources=_sources("ai_act"),
    )


def found_of(point: Evidence) -> tuple[str, ...]:
    """What the data shows of a point, in sentences."""
    return point.found or (law_texts().ai_act.found.nothing,)


def said_of(point: Evidence) -> tuple[str, ...]:
    """The questions of a point with what a person said, or that it is open."""
    return tuple(f"{question}: {answer or law_texts().shared.to_fill}" for _, question, answer in point.said)


def not_advice(day: date) -> str:
    return law_texts().shared.not_advice.format(day=in_full(day), as_of=texts().as_of)


def _ending(rule: Rule, day: date, threshold: int) -> tuple[str, ...]:
    """What ends every report: the law, how far it was checked, what was hidden, and that this is no advice."""
    shared, (law, _) = law_texts().shared, law_texts().law(rule)
    hidden = (shared.hidden_note.format(largest=threshold - 1),) if threshold > 1 else ()
    return (law.text, shared.state.format(state=law.state), *hidden, not_advice(day))


def _sources(rule: Rule) -> tuple[tuple[str, str], ...]:
    _, source = law_texts().law(rule)
    return ((source.title, source.link),)
