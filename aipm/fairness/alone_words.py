"""What was found in the data by itself, in sentences and tables: the page and the report say the same."""

from collections.abc import Iterable, Sequence

from aipm.content import number
from aipm.fairness.alone import Gap, Missing
from aipm.fairness.alone_texts import alone_texts
from aipm.fairness.baseline import METRICS, Baseline
from aipm.fairness.disclosure import suppress
from aipm.fairness.proxies import Proxies, Proxy
from aipm.fairness.proxies_together import Together
from aipm.fairness.representation import Presence, Representation
from aipm.fairness.result import AuditResult, Estimate
from aipm.fairness.section import Table
from aipm.fairness.texts import cut, people, short, texts

MOST_NAMED = 4
MOST_ROWS = 60
TOLD = (0.7, 0.55, 0.0)
"""The least AUC at which a group counts as given away, given away a little, hardly so."""
TELLING = ("strong", "clear", "weak")
BEYOND = 0.005
"""A fall of the AUC that is worth naming."""


def _named(names: Sequence[str], *, most: int = MOST_NAMED) -> str:
    """A few names, the rest as a number."""
    say, shown = texts().sentences, [cut(name) for name in names[:most]]
    if len(names) > most:
        return say.more_groups.format(shown=", ".join(shown), more=len(names) - most)
    return say.and_.join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def _of_100(value: float) -> str:
    return f"{100 * value:.0f}"


def _signed(value: float) -> str:
    """One decimal, and no sign where that is nothing."""
    return f"{round(value, 1) or 0:.1f}".replace("-", number.MINUS)


def hidden_groups(found: Representation, threshold: int) -> frozenset[str]:
    """Groups of fewer people than that, and so many more that what the others leave is two groups or more of as many.

    All rows follow from what is shown of any other group, and with them how many people are hidden in all.
    """
    by_size = sorted((each for each in found.groups if each.rows > 0), key=lambda each: each.rows)
    few = sum(each.rows < threshold for each in by_size)
    while 0 < few < len(by_size) and (few == 1 or sum(each.rows for each in by_size[:few]) < threshold):
        few += 1
    return frozenset(each.group for each in by_size[:few])


def present_lines(found: Representation, *, tolerance: float, threshold: int = 0) -> tuple[str, ...]:
    """Who is in the data as in the population, the answer first."""
    said, hidden = alone_texts().present, hidden_groups(found, threshold)
    name, low, high = cut(found.column), number.ratio(tolerance), number.ratio(1 / tolerance)
    shown = [each for each in found.groups if each.group not in hidden]
    gaps = [each for each in shown if each.verdict == "gap" and not each.absent]
    absent = [each.group for each in shown if each.verdict == "gap" and each.absent]
    lines = []
    if gaps:
        worst = max(gaps, key=lambda each: abs(each.difference or 0.0))
        lines.append(
            said.differs.format(
                column=name,
                group=cut(worst.group),
                share=number.rate(worst.share),
                expected=number.rate(worst.expected),
                ratio=number.ratio(worst.ratio),
                interval=_interval(worst),
            )
        )
    if absent:
        lines.append(said.lacks.format(column=name, groups=_named(absent)))
    if not gaps and not absent:
        judged = [each for each in shown if each.verdict in ("within_tolerance", "inconclusive")]
        settled = judged and all(each.verdict == "within_tolerance" for each in judged)
        lines.append((said.same if settled else said.open).format(column=name, low=low, high=high))
    if not hidden and found.p_value is not None:
        lines.append(said.fit.format(p_value=number.p_value(found.p_value), apart=number.rate(found.apart)))
    if found.missing and not 0 < found.missing < threshold:
        lines.append(said.missing.format(count=number.count(found.missing)))
    return tuple(lines)


def _interval(each: Presence) -> str:
    return number.interval(each.ratio_low, each.ratio_high, form=number.ratio).strip("()")


def present_table(found: Representation, *, threshold: int = 0) -> Table:
    """Every group beside the population."""
    said, hidden = alone_texts().present, hidden_groups(found, threshold)
    rows = []
    for each in found.groups:
        name = cut(each.group)
        if each.group in hidden:
            expected = number.rate(each.expected)
            rows.append((name, alone_texts().hidden_cell, "", "", expected, "", "", "", ""))
            continue
        rows.append(
            (
                name,
                number.count(each.rows),
                number.rate(each.share),
                number.interval(each.low, each.high, form=number.rate),
                number.rate(each.expected),
                number.points(each.difference),
                number.ratio(each.ratio),
                _interval(each),
                number.p_value(each.p_adjusted).removeprefix("p = ").removeprefix("p "),
            )
        )
    return Table(caption=f"{said.caption} · {cut(found.column)}", head=said.columns, rows=tuple(rows))


def gap_lines(column: str, found: Sequence[Missing], *, threshold: int = 0) -> tuple[str, ...]:
    """Whose values are missing more often, the answer first; nothing of a column whose numbers are hidden."""
    said, name = alone_texts().gaps, cut(column)
    if not found:
        return (said.none,)
    differ = [each for each in found if each.differs and len(each.rated) > 1]
    if not differ:
        if all(each.p_adjusted is None for each in found):
            return (said.unsure,)
        if len(found) == 1:
            return (said.same_one.format(name=cut(found[0].column), column=name),)
        return (said.same.format(count=number.count(len(found)), column=name),)
    differ = [each for each in differ if not any(_hides(each.rated[k], threshold) for k in (0, -1))]
    if not differ:
        return ()
    worst = differ[0]
    lines = [
        said.differs.format(
            column=cut(worst.column),
            most=number.rate(worst.rated[0].share),
            group=people(((column, worst.rated[0].group),)),
            least=number.rate(worst.rated[-1].share),
            other=people(((column, worst.rated[-1].group),)),
        )
    ]
    if len(differ) > 1:
        lines.append(said.others.format(columns=_named([each.column for each in differ[1:]])))
    return tuple(lines)


def gap_table(column: str, found: Sequence[Missing], *, threshold: int = 0) -> Table:
    """Columns with a missing value × groups."""
    said = alone_texts().gaps
    groups = [gap.group for gap in found[0].gaps] if found else []
    rows = tuple(
        (
            cut(each.column),
            number.p_value(each.p_adjusted).removeprefix("p = ").removeprefix("p "),
            *(_gap(gap, threshold) for gap in each.gaps),
        )
        for each in found[:MOST_ROWS]
    )
    head = (*said.columns, *(short(((column, group),)) for group in groups))
    return Table(caption=f"{said.caption} · {cut(column)}", head=head, rows=rows)


def _hides(gap: Gap, threshold: int) -> bool:
    """Whether a number would tell of fewer people than that."""
    return any(0 < people < threshold for people in (gap.rows, gap.missing, gap.rows - gap.missing))


def _gap(gap: Gap, threshold: int) -> str:
    if _hides(gap, threshold):
        return alone_texts().hidden_cell
    if gap.rows < 10:
        return number.NONE
    shown = f"{number.rate(gap.share)} {number.interval(gap.low, gap.high, form=number.rate)}"
    return shown if gap.enough else f"{shown} {few()}"


def few() -> str:
    """What stands beside a number that too few rows carry."""
    return texts().other_signs["not_enough_data"][1].lower()


def proxy_lines(alone: Proxies, together: Together | None) -> tuple[str, ...]:
    """Which columns give the group away, the answer first."""
    said, name = alone_texts().proxies, cut(alone.column)
    lines = []
    if together is not None:
        if together.told:
            how_well = next(
                text
                for text, least in zip((said.told, said.told_weakly, said.told_hardly), TOLD, strict=True)
                if together.auc >= least
            )
            first = how_well.format(column=name)
            numbers = {"auc": _of_100(together.auc), "low": _of_100(together.low), "high": _of_100(together.high)}
            pairs = (said.pairs if len(together.groups) == 2 else said.pairs_many).format(**numbers)
            guess = said.together.format(
                column=name,
                right=number.rate(together.right),
                interval=number.interval(together.right_low, together.right_high, form=number.rate).strip("()"),
                largest=number.rate(together.largest),
            )
            by_guess = together.right_low > together.largest
            lines += [f"{first} {guess if by_guess else pairs}", pairs if by_guess else guess]
            carry = [each.column for each in together.carriers if each.drop >= BEYOND]
            if carry and len(together.columns) > 1:
                lines.append(said.carrier.format(columns=_named(carry)))
            lines += [said.paired.format(one=cut(one), other=cut(other)) for one, other in together.pairs]
        else:
            lines.append(said.chance.format(column=name))
    telling = [each.column for each in alone.found if each.told in TELLING]
    by_itself = said.alone_none if not telling else said.alone_one if len(telling) == 1 else said.alone_some
    lines.append(by_itself.format(columns=_named(telling)))
    return tuple(lines)


def strength(each: Proxy) -> str:
    """How well a column tells the group, in words."""
    said = alone_texts().proxies
    told = said.strengths[each.told]
    return said.by_missing.format(strength=told) if each.by_missing and each.told in TELLING else told


def proxy_table(found: Proxies) -> Table:
    """Every column by itself."""
    said = alone_texts().proxies
    rows = tuple(
        (
            said.role.format(column=cut(each.column)) if each.role == "group" else cut(each.column),
            alone_texts().kinds[each.kind],
            number.ratio(each.strength),
            number.interval(each.low, each.high, form=number.ratio),
            number.ratio(each.order),
            number.p_value(each.p_adjusted).removeprefix("p = ").removeprefix("p "),
            strength(each),
        )
        for each in found.found[:MOST_ROWS]
    )
    caption = said.caption.format(column=cut(found.column))
    return Table(caption=caption, head=said.columns, rows=rows)


def together_tables(found: Together, *, threshold: int = 0) -> tuple[Table, ...]:
    """Which columns carry it, and how well each group is told."""
    said = alone_texts().proxies
    carriers = tuple((cut(each.column), _signed(100 * each.drop)) for each in found.carriers)
    groups = tuple(
        (
            cut(each.group),
            number.count(each.rows),
            f"{100 * each.auc:.1f}",
            f"({100 * each.low:.1f}–{100 * each.high:.1f})",
        )
        for each in found.groups
        if each.rows >= threshold
    )
    return (
        Table(caption=said.groups, head=said.group_columns, rows=groups),
        Table(caption=said.carriers, head=said.carrier_columns, rows=carriers),
    )


def together_notes(found: Together) -> tuple[str, ...]:
    """On which rows and groups it rests."""
    said = alone_texts().proxies
    whole = found.rows == found.of
    lines = [(said.whole if whole else said.sampled).format(rows=number.count(found.rows), all=number.count(found.of))]
    if found.groups_left_out:
        lines.append(said.groups_left_out.format(groups=_named(found.groups_left_out)))
    return tuple(lines)


def left_out_line(found: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Which columns were not looked at, by reason; nothing where all were."""
    said, reasons = alone_texts(), dict[str, list[str]]()
    for name, reason in found:
        reasons.setdefault(reason, []).append(name)
    named = (f"{_named(names)} ({said.left_out_because[reason]})" for reason, names in reasons.items())
    return (said.left_out.format(columns="; ".join(named)),) if reasons else ()


def label_lines(found: Baseline) -> tuple[str, ...]:
    """What a quick model makes of the labels, the answer first."""
    said = alone_texts().labels
    numbers = {"auc": _of_100(found.auc), "low": _of_100(found.low), "high": _of_100(found.high)}
    if found.low <= 0.5:
        return (said.nothing.format(**numbers),)
    kinds = {verdict.verdict for verdict in found.result.verdicts if verdict.question == "who_wrong"}
    unequal = said.gap if "gap" in kinds else said.fine if kinds == {"within_tolerance"} else said.open
    return (f"{said.learns.format(**numbers)} {unequal}",)


def label_notes(found: Baseline) -> tuple[str, ...]:
    """On which rows and columns the quick model rests."""
    said = alone_texts().labels
    whole = found.rows == found.of
    rows = (said.whole if whole else said.sampled).format(rows=number.count(found.rows), all=number.count(found.of))
    return (rows, said.used.format(columns=_named(found.columns, most=12)), *left_out_line(found.left_out))


def label_table(found: Baseline, *, threshold: int = 0) -> Table:
    """The audit of the quick model, by group."""
    said = alone_texts().labels
    result = suppress(found.result, threshold=threshold)
    return Table(caption=said.caption, head=said.columns, rows=tuple(_model_rows(result)))


def _model_rows(result: AuditResult) -> Iterable[tuple[str, ...]]:
    for each in result.groups:
        name = f"{cut(each.group[0][0])}: {short(each.group)}" if each.group else short(())
        yield (name, *(estimate(each.metrics[metric]) for metric in METRICS))


def estimate(each: Estimate) -> str:
    """A rate with its interval; nothing where fewer than 10 rows carry it, and said where too few do."""
    if each.reason == "suppressed":
        return alone_texts().hidden_cell
    if each.reason == "too_few_rows":
        return number.NONE
    shown = f"{number.rate(each.value)} {number.interval(each.low, each.high, form=number.rate)}".strip()
    return f"{shown} {few()}" if each.status == "not_enough_data" else shown
