"""What the Lifecycle page puts into a brief besides its forms: the threshold, the plans of a test and of feedback."""

from collections.abc import Iterable, Iterator

from aipm.brief.entry import Entry, Figure, disclosure_threshold
from aipm.content.interval import wilson
from aipm.governance import feedback_words
from aipm.governance.ab_plan import Plan
from aipm.governance.ab_test import AbTest
from aipm.governance.feedback import FeedbackPlan
from aipm.governance.feedback_reading import Assessment
from aipm.governance.metric_sheet import MetricSheet, Settled
from aipm.ui.brief_add_texts import brief_add_texts
from aipm.ui.brief_entries_parts import made, short

MOST_SIGNALS = 20


def threshold(sheet: MetricSheet, settled: Settled) -> Entry:
    """The threshold that was chosen for the product, what it cost, and how often it is right."""
    said = brief_add_texts().lifecycle
    right_yes, false_yes, false_no, _ = settled.counts
    shares = (("precision", right_yes + false_yes), ("recall", right_yes + false_no))
    kept = [(name, of) for name, of in shares if of >= disclosure_threshold()]
    return made(
        "lifecycle",
        spec={"cases": settled.cases, "share_of_yes": settled.share_of_yes, "unit": sheet.unit},
        figures=[
            Figure(name=said["threshold"], value=settled.threshold),
            Figure(name=said["cost"], value=round(settled.cost, 2), unit=(sheet.unit or "")[:40]),
            Figure(name=said["least"], value=round(settled.least, 2), unit=(sheet.unit or "")[:40]),
            *(_share(said[name], right_yes, of) for name, of in kept),
        ],
        suppressed=len(kept) < len(shares),
    )


def _share(name: str, some: int, of: int) -> Figure:
    low, high = wilson(some / of, of)
    return Figure(name=name, value=_per_cent(some / of), low=_per_cent(low), high=_per_cent(high), unit="%", n=of)


def _per_cent(share: float) -> float:
    return round(100 * share, 1)


def ab_test(test: AbTest, found: Plan, *, answer: str, warnings: Iterable[str]) -> Entry:
    """How many people the test needs, and for how long; what was typed in words stays in its form."""
    said = brief_add_texts().lifecycle
    days = [] if found.whole_days is None else [Figure(name=said["days"], value=float(found.whole_days))]
    return made(
        "lifecycle.ab_test",
        summary=answer,
        spec={
            "kind": test.kind,
            "baseline": test.baseline,
            "difference": found.difference,
            "variants": test.variants,
            "significance": test.significance,
            "power": test.power,
        },
        figures=[
            Figure(name=said["users"], value=float(found.users)),
            Figure(name=said["all_users"], value=float(found.all_users)),
            *days,
            Figure(name=said["power"], value=_per_cent(found.power), unit="%"),
        ],
        warnings=warnings,
    )


def feedback(plan: FeedbackPlan, found: Assessment) -> Entry:
    """How soon each signal shows the drop, and what has to be mended."""
    return made(
        "lifecycle.feedback",
        summary=" ".join(feedback_words.answer(plan, found)),
        spec={"uses_a_day": plan.uses_a_day, "good": plan.good, "drop": plan.drop},
        figures=_seen(found),
        warnings=[feedback_words.finding(each, plan) for each in found.findings if each.level == "mend"],
    )


def _seen(found: Assessment) -> Iterator[Figure]:
    said = brief_add_texts().lifecycle["seen"]
    for each in found.watches[:MOST_SIGNALS]:
        days = None if each.days is None else round(each.days, 1)
        yield Figure(name=said.format(signal=short(feedback_words.name(each.signal))), value=days)
