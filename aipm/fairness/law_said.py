"""Reports for laws and rules in words and tables: what the page shows, what the audit's report carries."""

from collections.abc import Iterator
from datetime import date

from aipm.content import number
from aipm.content.day import in_full
from aipm.fairness.law_basis import basis_lines
from aipm.fairness.law_four_fifths import FourFifths, FourFifthsTable, Line
from aipm.fairness.law_nyc import Category, Nyc, NycAsked, NycTable
from aipm.fairness.law_texts import Rule, Unrated, law_texts
from aipm.fairness.pairs import ENOUGH_ROWS
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
        lines.append(say.one_column if None in (found.asked.sex, found.asked.race) else say.same_column)
    lines += map(_few_highest, filter(_rests_on_few, found.tables))
    lines += basis_lines(found.basis, found.asked.measure)
    lines += nyc_counts(found)
    return Section(
        title=say.title,
        lines=tuple(lines),
        tables=tuple(_nyc_table(table, found) for table in found.tables),
        notes=(*say.method, *ending("nyc", day, found.threshold)),
        sources=sources_of("nyc"),
        options=("--law=nyc", *_options(found.asked)),
    )


def _options(asked: NycAsked) -> Iterator[str]:
    """What the command line needs to make the same tables."""
    for role, column in (("sex", asked.sex), ("race", asked.race)):
        if column is not None:
            yield f"--law-{role}={column}"
    yield f"--law-rate={asked.measure}"
    yield from (f"--law-unknown={column}={value}" for column, value in asked.unknown)
    if not asked.unknown:
        yield f"--law-unknown={asked.columns[0]}="
    if not asked.leave_out_small:
        yield "--law-keep-small"


def nyc_counts(found: Nyc) -> list[str]:
    """What is stated beside the tables: how many people, how many of unknown category."""
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
    if found.threshold > 1:
        lines.append(say.asks_numbers)
    return lines


def _ratios(table: NycTable) -> list[float]:
    return [each.ratio for each in table.categories if each.ratio is not None]


def _highest(table: NycTable) -> Category | None:
    return next((each for each in table.categories if each.kind == "highest"), None)


def _rests_on_few(table: NycTable) -> bool:
    """Whether every ratio of a table is divided by the rate of few people."""
    best = _highest(table)
    return best is not None and len(_ratios(table)) > 1 and (best.applicants or 0.0) < ENOUGH_ROWS


def _few_highest(table: NycTable) -> str:
    say, best = law_texts().nyc, _highest(table)
    group, people = (short(best.group), best.applicants) if best is not None else ("", None)
    return say.few_highest.format(by=say.tables[table.part], group=group, count=number.count(people))


def _nyc_answer(table: NycTable) -> str:
    say, name = law_texts().nyc, law_texts().nyc.tables[table.part]
    rated = [each for each in table.categories if each.ratio is not None]
    best = _highest(table)
    if len(table.categories) == 1:
        return say.answer_alone.format(by=name)
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
    lines += basis_lines(found.basis, found.measure)
    if not found.basis.whole:
        lines.append(say.weighted)
    return Section(
        title=say.title,
        lines=tuple(lines),
        tables=tuple(_four_fifths_table(table, found) for table in found.tables),
        notes=(*say.method, *ending("four_fifths", day, found.threshold)),
        sources=sources_of("four_fifths"),
        options=("--law=four-fifths",),
    )


def _four_fifths_answer(found: FourFifths) -> str:
    say, worst = law_texts().four_fifths, found.worst
    if worst is None:
        return say.unrated[_unrated(found)]
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


def _unrated(found: FourFifths) -> Unrated:
    """Why there is no answer; the reason that a person can do something about comes first."""
    if any(line.reading == "not_rated" for table in found.tables for line in table.lines):
        return "too_few"
    compared = [line for table in found.tables if len(table.lines) > 1 for line in table.lines]
    if not compared:
        return "alone"
    return "hidden" if any(line.reading == "suppressed" for line in compared) else "nobody"


def _telling(line: Line) -> str:
    """A ratio with as many digits as it takes not to read as 0.80 where it is not."""
    text = number.ratio(line.ratio)
    return f"{line.ratio:.3f}" if text == "0.80" and line.ratio is not None and line.flag else text


def deviations(value: float | None) -> str:
    """How many standard deviations, with the sign of the difference: −2.3."""
    if value is None:
        return number.NONE
    size = f"{abs(value):.1f}"
    return f"{number.MINUS}{size}" if value < 0 and float(size) else size


def _four_fifths_table(table: FourFifthsTable, found: FourFifths) -> Table:
    say, shared = law_texts().four_fifths, law_texts().shared
    template = say.table_none if table.reference is None else say.table if len(table.lines) > 1 else say.table_alone
    caption = template.format(column=table.column, reference=short(table.reference or ()))
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


def not_advice(day: date) -> str:
    return law_texts().shared.not_advice.format(day=in_full(day), as_of=texts().as_of)


def ending(rule: Rule, day: date, threshold: int) -> tuple[str, ...]:
    """What ends every report: the law, how far it was checked, what was hidden, and that this is no advice."""
    shared, (law, _) = law_texts().shared, law_texts().law(rule)
    hidden = (shared.hidden_note.format(largest=threshold - 1),) if threshold > 1 else ()
    return (
        shared.law.format(name=law.name, text=law.text),
        shared.state.format(state=law.state),
        *hidden,
        not_advice(day),
    )


def sources_of(rule: Rule) -> tuple[tuple[str, str], ...]:
    _, source = law_texts().law(rule)
    return ((source.title, source.link),)
