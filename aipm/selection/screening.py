"""Who passes every "must", who does not and why, and what giving up a filter would bring back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from aipm.content import number
from aipm.selection.facts import Fact, fact, number_of
from aipm.selection.needs import Candidate, Needs, NeedTexts, Option, Test, asked_of, candidate_name, need_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a candidate does not pass a filter: the fact, what it is, what was wanted, in words."""

    question: str
    fact: str
    status: Literal["unknown", "fails", "evidence"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """A candidate that is out, by its place in the list and its name, and every filter it does not pass."""

    place: int
    name: str
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One "must": how many are left once it and those before it are applied, whom it alone keeps out.

    `excludes` do not pass it; `brings_back` are those among them that would be in without it.
    """

    question: str
    left: int
    excludes: tuple[str, ...]
    brings_back: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """Filters to give up together, as few as possible, and whom that brings back."""

    questions: tuple[str, ...]
    brings_back: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Who is left (places in the list), who is not and why, and what giving up filters would bring back."""

    total: int
    left: tuple[int, ...]
    excluded: tuple[Excluded, ...]
    filters: tuple[Filter, ...]
    relaxations: tuple[Relaxation, ...]
    sentence: str


def screen(candidates: Sequence[Candidate], needs: Needs) -> Screening:
    """Who passes every "must". What is not known of a candidate does not pass, unless the content says so of a fact."""
    said = need_texts()
    names = [candidate_name(each) for each in candidates]
    tests = [(key, asked_of(key, answer)) for key, answer in needs.musts]
    failed: list[dict[str, Failure]] = []
    for each in candidates:
        found = ((key, _failure(key, option, each)) for key, option in tests)
        failed.append({key: failure for key, failure in found if failure is not None})
    left = tuple(place for place, failures in enumerate(failed) if not failures)
    filters = []
    for index, (key, _) in enumerate(tests):
        before = {name for name, _ in tests[: index + 1]}
        filters.append(
            Filter(
                question=key,
                left=sum(not before & failures.keys() for failures in failed),
                excludes=tuple(names[place] for place, failures in enumerate(failed) if key in failures),
                brings_back=tuple(names[place] for place, failures in enumerate(failed) if set(failures) == {key}),
            )
        )
    relaxations = _relaxations(names, failed)
    return Screening(
        total=len(names),
        left=left,
        excluded=tuple(
            Excluded(place=place, name=names[place], failures=tuple(failures.values()))
            for place, failures in enumerate(failed)
            if failures
        ),
        filters=tuple(filters),
        relaxations=relaxations,
        sentence=_sentence(said, len(left), len(names), relaxations),
    )


def _failure(key: str, option: Option, candidate: Candidate) -> Failure | None:
    for test in option.all:
        failure = _tested(key, test, fact(candidate, test.fact))
        if failure:
            return failure
    tried = [_tested(key, test, fact(candidate, test.fact)) for test in option.any]
    return tried[0] if tried and all(tried) else None


def _tested(key: str, test: Test, known: Fact) -> Failure | None:
    said, words = need_texts().said, need_texts().facts[test.fact]
    if known.value is None:
        if test.unknown == "passes":
            return None
        return Failure(question=key, fact=test.fact, status="unknown", text=said.unknown.format(fact=words))
    wanted = _wanted(test, known.value)
    if wanted is not None:
        text = said.fails.format(fact=words, value=shown(known.value), wanted=wanted)
        return Failure(question=key, fact=test.fact, status="fails", text=text)
    if known.evidence in test.evidence_not or (test.evidence_not and known.evidence is None):
        evidence = known.evidence or "unverified"
        text = said.evidence.format(fact=words, value=shown(known.value), evidence=evidence)
        return Failure(question=key, fact=test.fact, status="evidence", text=text)
    return None


def _wanted(test: Test, value: object) -> str | None:
    """What was wanted, in words, where `value` is not it; None where it is."""
    said = need_texts().said
    if test.one_of and value not in test.one_of:
        return said.one_of.format(options=", ".join(test.one_of))
    if test.contains and not (isinstance(value, list | tuple | set | frozenset) and set(test.contains) <= set(value)):
        return said.contains.format(options=", ".join(test.contains))
    amount = number_of(value)
    if test.at_least is not None and (amount is None or amount < test.at_least):
        return said.at_least.format(bound=shown(test.at_least))
    if test.at_most is not None and (amount is None or amount > test.at_most):
        return said.at_most.format(bound=shown(test.at_most))
    return None


def _relaxations(names: Sequence[str], failed: Sequence[Mapping[str, Failure]]) -> tuple[Relaxation, ...]:
    """The smallest sets of filters whose giving up brings somebody back, those that bring back most first."""
    fewest = min((len(failures) for failures in failed if failures), default=0)
    sets = {tuple(failures): frozenset(failures) for failures in failed if len(failures) == fewest and failures}
    found = [
        Relaxation(
            questions=questions,
            brings_back=tuple(
                names[place] for place, failures in enumerate(failed) if failures and set(failures) <= given_up
            ),
        )
        for questions, given_up in sets.items()
    ]
    return tuple(sorted(found, key=lambda each: -len(each.brings_back)))


def _sentence(said: NeedTexts, left: int, total: int, relaxations: Sequence[Relaxation]) -> str:
    if not total:
        return said.said.empty
    if left or not relaxations:
        return said.said.left.format(left=left, total=total)
    best = relaxations[0]
    filters = " + ".join(f"“{said.questions[key].question}”" for key in best.questions)
    shown = ", ".join(best.brings_back[:3]) + (" …" if len(best.brings_back) > 3 else "")
    return said.said.nothing.format(total=total, filters=filters, names=shown)


def shown(value: object) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(map(str, value))
    amount = number_of(value)
    if amount is None:
        return str(value)
    return number.count(amount) if amount.is_integer() else f"{amount:.4g}"
