"""What the page and the files say of a short list of tools: content/lifecycle_stack.yaml, typed, and its sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from aipm import content
from aipm.governance.stack import (
    PARTS,
    Caution,
    Checked,
    Clash,
    Cost,
    Left,
    Licence,
    Part,
    Pick,
    Reason,
    Runs,
    Shortlist,
    Skills,
    StackNeeds,
    StackTool,
    Stage,
    StageList,
    Status,
    named,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTexts:
    empty: str
    all: str
    some: str
    none: str
    answered: str
    answered_one: str
    hidden: str
    clash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedText:
    """A question; `short` is what it is called within a sentence."""

    label: str
    short: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsTexts:
    title: str
    fields: dict[Part, NeedText]
    options: dict[Part, dict[str, str]]
    clear: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashTexts:
    title: str
    texts: dict[Clash, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageText:
    name: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceTexts:
    title: str
    sentence: str
    columns: dict[str, str]
    caption: str
    nothing: str
    hidden: str
    closer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTexts:
    licence: str
    runs: str
    skills: str
    cost: str
    status: str
    licences: dict[Licence, str]
    places: dict[Runs, str]
    takes: dict[Skills, str]
    costs: dict[Cost, str]
    licence_how: dict[Checked, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftTexts:
    title: str
    line: str
    retired: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelaxTexts:
    title: str
    one: str
    many: str
    button: str
    and_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedTexts:
    title: str
    sentence: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderTexts:
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllTexts:
    title: str
    sentence: str
    filter: str
    every: str
    line: str
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTexts:
    title: str
    markdown: str
    html: str
    csv: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTexts:
    eyebrow: str
    title: str
    unnamed: str
    note: str
    needs: str
    open: str
    why: str
    columns: dict[str, str]
    nothing: str
    left: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StackTexts:
    as_of: str
    title: str
    sentence: str
    answer: AnswerTexts
    form: NeedsTexts
    clashes: ClashTexts
    stages: dict[Stage, StageText]
    hidden: str
    glance: GlanceTexts
    jobs: dict[str, str]
    why: str
    why_none: str
    reasons: dict[Reason, str | dict[str, str]]
    """By the answer, or by what the tool is, where that matters."""
    cautions: dict[Caution, str]
    facts: FactTexts
    status: dict[Status, str]
    how: dict[Checked, str]
    checked: str
    source: str
    more: str
    left: LeftTexts
    relax: RelaxTexts
    changed: ChangedTexts
    older: OlderTexts
    all: AllTexts
    take: TakeTexts
    document: DocumentTexts


@cache
def stack_texts() -> StackTexts:
    """Read once. Raises ContentError."""
    found: StackTexts = content.load("lifecycle_stack", StackTexts)
    return found


def answer(found: Shortlist) -> Iterator[str]:
    """What the answers lead to in a sentence, and what else there is to say of it."""
    texts = stack_texts().answer
    needed = [each for each in found.stages if not each.hidden]
    gaps = [stack_texts().stages[each.stage].name for each in needed if not each.picks]
    if not found.answered:
        yield texts.empty
        return
    if not gaps:
        yield texts.all.format(count=len(needed))
    elif len(gaps) == len(needed):
        yield texts.none
    else:
        yield texts.some.format(fit=len(needed) - len(gaps), count=len(needed), gaps=", ".join(gaps))
    count = len(found.answered)
    told = (texts.answered_one if count == 1 else texts.answered).format(count=count, of=len(PARTS))
    yield f"{told} {texts.hidden}" if len(needed) < len(found.stages) else told
    if found.clashes:
        yield texts.clash


def clashes(found: Shortlist) -> tuple[str, ...]:
    return tuple(stack_texts().clashes.texts[each] for each in found.clashes)


def said(part: Part, needs: StackNeeds) -> str | None:
    """An answer in words; None where there is none."""
    value = getattr(needs, part)
    return None if value is None else stack_texts().form.options[part][value]


def why(pick: Pick, needs: StackNeeds) -> str:
    """The reasons as one sentence."""
    texts = stack_texts()
    return texts.why.format(reasons=reasons(pick, needs)) if pick.reasons else texts.why_none


def reasons(pick: Pick, needs: StackNeeds) -> str:
    return "; ".join(_reason(each, pick.tool, needs) for each in pick.reasons)


def cautions(pick: Pick) -> tuple[str, ...]:
    texts, tool = stack_texts(), pick.tool
    return tuple(texts.cautions[each].format(why=tool.status_why, licence=tool.licence_name) for each in pick.cautions)


def left_out(found: StageList) -> tuple[str, ...]:
    """A line an answer with the tools that it rules out, each under the first answer that does; then the retired."""
    texts = stack_texts()
    lines = []
    for part in PARTS:
        names = [each.tool.name for each in found.left if each.by and each.by[0] == part]
        if names:
            lines.append(texts.left.line.format(part=texts.form.fields[part].short, tools=", ".join(names)))
    return (*lines, *(_retired(each) for each in found.left if not each.by))


def relaxed(found: StageList) -> tuple[str, ...]:
    """What would come back, and what for."""
    texts = stack_texts().relax
    return tuple(
        (texts.one if len(each.parts) == 1 else texts.many).format(
            parts=parts_said(each.parts), tools=", ".join(tool.name for tool in each.back)
        )
        for each in found.relaxed
    )


def parts_said(parts: tuple[Part, ...]) -> str:
    return listed([stack_texts().form.fields[part].short for part in parts])


def instead(tool: StackTool) -> str:
    return ", ".join(named(each).name for each in tool.replaced_by)


def runs(tool: StackTool) -> str:
    return ", ".join(stack_texts().facts.places[each] for each in tool.runs)


def licence(tool: StackTool) -> str:
    """Its kind, and its name."""
    return f"{stack_texts().facts.licences[tool.licence]}: {tool.licence_name}"


def checked(tool: StackTool) -> str:
    texts = stack_texts()
    return texts.checked.format(how=texts.how[tool.checked], day=tool.checked_on)


def listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)}{stack_texts().relax.and_}{last}" if first else last


def _reason(reason: Reason, tool: StackTool, needs: StackNeeds) -> str:
    text = stack_texts().reasons[reason]
    if isinstance(text, str):
        return text.format(licence=tool.licence_name)
    by: dict[Reason, str] = {
        "skills": tool.skills,
        "price": tool.cost,
        "approach": cast("str", needs.approach),
    }
    return text[by.get(reason, cast("str", needs.place))]


def _retired(left: Left) -> str:
    tool = left.tool
    return stack_texts().left.retired.format(tool=tool.name, why=tool.status_why, instead=instead(tool))
