"""Is the data ready: which findings are still open, and which a step of the recipe, or a person, has answered."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from aipm.prep.finding import Finding
from aipm.prep.recipe import Recipe, Step

Group = Literal["decision", "safe", "note"]
"""What a finding asks for: a decision, a mere yes (its fix loses nothing and has one meaning), or only notice."""
ALIKE = (
    frozenset({"fill_constant", "fill_statistic", "fill_neighbours", "fill_regression", "not_applicable"}),
    frozenset({"flag_outliers", "remove_outliers", "cap_outliers"}),
    frozenset({"class_weights", "oversample"}),
    frozenset({"mask_text", "hash_text", "generalise_number", "generalise_date", "generalise_category"}),
    frozenset({"merge_variants", "replace_values", "relabel"}),
)
"""Operations that answer the same findings, each in its own way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A finding and how it stands: `step` answers it, or somebody has set it aside, or neither: then it is open."""

    finding: Finding
    group: Group
    step: str | None = None
    ignored: bool = False

    @property
    def is_open(self) -> bool:
        return self.step is None and not self.ignored


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Every finding of a file, in the order of the profile, as it stands with a recipe."""

    findings: tuple[Open, ...]

    def those(self, group: Group) -> tuple[Open, ...]:
        return tuple(each for each in self.findings if each.group == group)

    @property
    def decisions(self) -> int:
        """How many decisions are open; several findings with one fix are one."""
        return len(together([each for each in self.those("decision") if each.is_open]))

    @property
    def safe(self) -> tuple[Open, ...]:
        """What a single click can mend."""
        return tuple(each for each in self.those("safe") if each.is_open)

    @property
    def fixes(self) -> int:
        """What stands between the file and its use."""
        return self.decisions + len(together(self.safe))

    def only(self, wanted: Callable[[Finding], bool]) -> "Readiness":
        return Readiness(findings=tuple(each for each in self.findings if wanted(each.finding)))


def together(findings: Iterable[Open]) -> tuple[tuple[Open, ...], ...]:
    """Findings that ask for the very same step, in the place of the first of them."""
    found: dict[object, list[Open]] = {}
    for each in findings:
        fix = each.finding.fix
        found.setdefault(
            finding_name(each.finding) if fix is None else (fix.op, fix.columns, repr(dict(fix.params))), []
        ).append(each)
    return tuple(map(tuple, found.values()))


def finding_name(finding: Finding) -> str:
    """What a finding is called in a session: the same for the same file, whatever has been done since."""
    return "|".join((finding.kind, finding.fix.id if finding.fix else "", *finding.columns))


def group_of(finding: Finding) -> Group:
    if finding.safe:
        return "safe"
    return "note" if finding.severity == "info" else "decision"


def readiness(
    findings: Iterable[Finding],
    recipe: Recipe,
    *,
    ignored: frozenset[str] = frozenset(),
    answers: Mapping[str, str] | None = None,
) -> Readiness:
    """How each finding stands. `ignored` are names of findings; `answers`: which step was made for which."""
    steps = {step.id: step for step in recipe.steps if step.enabled}
    found = []
    for finding in findings:
        name = finding_name(finding)
        made = (answers or {}).get(name)
        step = made if made in steps else next((step.id for step in steps.values() if _answers(step, finding)), None)
        found.append(Open(finding=finding, group=group_of(finding), step=step, ignored=name in ignored))
    return Readiness(findings=tuple(found))


def _answers(step: Step, finding: Finding) -> bool:
    """Whether a step does what a finding asks for: its fix or one of its kind, or the column goes altogether."""
    columns = set(step.columns)
    if step.op == "drop_columns":
        wanted = {finding.column} if finding.column is not None else set(finding.fix.columns if finding.fix else ())
        return bool(wanted) and wanted <= columns
    fix = finding.fix
    if fix is None or not set(fix.columns) <= columns | (set() if fix.columns else columns):
        return False
    if step.op != fix.op:
        return any({step.op, fix.op} <= kind for kind in ALIKE)
    return all(_covers(step.params.get(name), value) for name, value in fix.params.items())


def _covers(said: Any, asked: Any) -> bool:
    """Whether a setting does what was asked; a single value that is otherwise is a decision, and stands."""
    if isinstance(asked, Mapping):
        return isinstance(said, Mapping) and set(asked) <= set(said)
    if isinstance(asked, list | tuple):
        return isinstance(said, list | tuple) and set(asked) <= set(said)
    return True
