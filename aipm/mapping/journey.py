"""A journey of stages and pains, and its picture: stages by capabilities, with the pains behind each cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Generic, Protocol, TypeVar

from aipm import content
from aipm.mapping.capabilities import KEYS, Text
from aipm.mapping.examples import NONE
from aipm.mapping.plain import is_text
from aipm.tables import Refusal

MOST_MAPPED = 1_000
MOST_ROWS = 20_000
UNCLEAR = "unclear"
COLUMNS = (*KEYS, NONE, UNCLEAR)
"""Of the picture."""


class Ranked(Protocol):
    """A capability in an order."""

    @property
    def capability(self) -> str: ...


class Mapped(Protocol):
    """What a mapper says of one pain."""

    @property
    def ranking(self) -> Sequence[Ranked]: ...
    @property
    def strength(self) -> str: ...
    @property
    def may_not_need_ai(self) -> bool: ...


M = TypeVar("M", bound=Mapped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pain:
    """A row as it was typed. `row` counts from 1, without the header and lines that hold nothing.

    `carried` says that the row named no stage and belongs to the one above it. `more` are further cells.
    """

    row: int
    stage: str | None
    text: str
    carried: bool = False
    more: tuple[str, ...] = ()

    @property
    def written(self) -> bool:
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A part of the journey and its pains that are mapped. None: no stage was given."""

    name: str | None
    pains: tuple[Pain, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """Every row, in order, blank pains included. `header` names stage, pain and further columns, if there was one."""

    rows: tuple[Pain, ...]
    header: tuple[str, ...] | None = None

    @property
    def pains(self) -> tuple[Pain, ...]:
        """What is mapped: the first thousand rows in which a pain is written."""
        return tuple(row for row in self.rows if row.written)[:MOST_MAPPED]

    @property
    def beyond(self) -> tuple[Pain, ...]:
        """What is kept and not mapped, because there is too much."""
        return tuple(row for row in self.rows if row.written)[MOST_MAPPED:]

    @property
    def blank(self) -> tuple[Pain, ...]:
        """Rows in which no pain is written."""
        return tuple(row for row in self.rows if not row.written)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """In order of appearance; capitals and blanks do not make another stage."""
        together: dict[str, list[Pain]] = {}
        for pain in self.pains:
            together.setdefault(_key(pain), []).append(pain)
        return tuple(Stage(name=_name(pains[0]), pains=tuple(pains)) for pains in together.values())

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; `from_dict` gives the same journey back."""
        rows = [asdict(row) | {"more": list(row.more)} for row in self.rows]
        return {"header": None if self.header is None else list(self.header), "rows": rows}

    @staticmethod
    def from_dict(plain: object) -> "Journey":
        """The journey that plain data hold. Raises Refusal."""
        if not isinstance(plain, Mapping) or set(plain) != {"header", "rows"}:
            raise _refusal("It lacks header or rows, or holds more than these.")
        header, rows = plain["header"], plain["rows"]
        if not isinstance(rows, list) or len(rows) > MOST_ROWS:
            raise _refusal(f"Its rows are not a list of at most {MOST_ROWS:,}.")
        if header is not None and not _are_texts(header):
            raise _refusal("Its header is not a list of names.")
        found = tuple(_row(each, place) for place, each in enumerate(rows, start=1))
        return Journey(rows=found, header=None if header is None else tuple(header))


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Which pains of which stage call for what: `cells` by (stage, column of COLUMNS), only where there is a pain."""

    stages: tuple[str | None, ...]
    cells: Mapping[tuple[str | None, str], tuple[Pain, ...]]

    def count(self, stage: str | None, column: str) -> int:
        return len(self.cells.get((stage, column), ()))

    def column(self, column: str) -> tuple[Pain, ...]:
        """Every pain of a column, stage by stage."""
        return tuple(pain for stage in self.stages for pain in self.cells.get((stage, column), ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedJourney(Generic[M]):
    """A journey with an answer for each of `journey.pains`, and its picture."""

    journey: Journey
    results: tuple[M, ...]
    picture: Picture


def map_journey(journey: Journey, mapper: Callable[[Sequence[str]], Sequence[M]]) -> MappedJourney[M]:
    """Map every pain at once by `mapper`, which answers texts in their order."""
    pains = journey.pains
    results = tuple(mapper([pain.text for pain in pains])) if pains else ()
    return MappedJourney(journey=journey, results=results, picture=picture(pains, results))


def picture(pains: Sequence[Pain], results: Sequence[Mapped]) -> Picture:
    """Stages by capabilities, with the pains behind each cell. Raises ValueError unless there is a result a pain."""
    names: dict[str, str | None] = {}
    cells: dict[tuple[str | None, str], list[Pain]] = {}
    for pain, result in zip(pains, results, strict=True):
        stage = names.setdefault(_key(pain), _name(pain))
        cells.setdefault((stage, column_of(result)), []).append(pain)
    return Picture(stages=tuple(names.values()), cells={place: tuple(found) for place, found in cells.items()})


def column_of(result: Mapped) -> str:
    """Where a pain stands in the picture: what may need no AI there, else what is weak under "unclear"."""
    if result.may_not_need_ai:
        return NONE
    return UNCLEAR if result.strength == "weak" else result.ranking[0].capability


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """Names of columns in small letters."""

    stage: frozenset[str]
    pain: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStage:
    name: Text
    pains: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTexts:
    title: Text
    about: Text
    stages: tuple[SampleStage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyTexts:
    """All of content/journeys.yaml. `columns` names those of the picture that are no capability."""

    headers: Headers
    no_stage: Text
    columns: dict[str, Text]
    summary: Text
    counts: dict[str, tuple[Text, Text]]
    blank: Text
    beyond: Text
    carried: Text
    samples: dict[str, SampleTexts]


@cache
def journey_texts() -> JourneyTexts:
    """Read once. Raises ContentError."""
    found: JourneyTexts = content.load("journeys", JourneyTexts)
    for where, names, wanted in (
        ("columns", set(found.columns), {NONE, UNCLEAR}),
        ("counts", set(found.counts), COUNTS),
    ):
        if names != wanted:
            raise content.ContentError(f"journeys.yaml: {where}: must be {', '.join(sorted(wanted))}")
    return found


COUNTS = {"pains", "stages", "rows"}


def sample(name: str) -> Journey:
    """A sample journey, by its key in content/journeys.yaml."""
    stages = journey_texts().samples[name].stages
    rows = ((stage.name, pain) for stage in stages for pain in stage.pains)
    return Journey(rows=tuple(Pain(row=row, stage=stage, text=text) for row, (stage, text) in enumerate(rows, start=1)))


def summary(mapped: MappedJourney[Any]) -> str:
    """The picture in one sentence."""
    say, pains, drawn = journey_texts(), mapped.journey.pains, mapped.picture
    none, unclear = len(drawn.column(NONE)), len(drawn.column(UNCLEAR))
    return say.summary.format(
        pains=_counted(len(pains), "pains"),
        stages=_counted(len(drawn.stages), "stages"),
        mapped=len(pains) - none - unclear,
        none=none,
        unclear=unclear,
    )


def remarks(journey: Journey) -> tuple[str, ...]:
    """What to know of how the rows were taken: blank pains, pains beyond the limit, stages carried down."""
    say = journey_texts()
    carried = sum(row.carried for row in journey.rows)
    found = ((len(journey.blank), say.blank), (len(journey.beyond), say.beyond), (carried, say.carried))
    return tuple(
        template.format(count=_counted(count, "rows"), most=f"{MOST_MAPPED:,}") for count, template in found if count
    )


def _counted(count: int, things: str) -> str:
    return f"{count:,} {journey_texts().counts[things][count != 1]}"


def _name(pain: Pain) -> str | None:
    return None if pain.stage is None else " ".join(pain.stage.split())


def _key(pain: Pain) -> str:
    """Blank for no stage, which no stage's name is."""
    return "" if pain.stage is None else " ".join(pain.stage.casefold().split())


def _row(plain: object, place: int) -> Pain:
    """A row of plain data, checked."""
    if not isinstance(plain, Mapping) or set(plain) != {"row", "stage", "text", "carried", "more"}:
        raise _refusal(f"Row {place:,} has not the five fields of a row.")
    stage, text, more, carried = plain["stage"], plain["text"], plain["more"], plain["carried"]
    if not (_are_texts([text]) and _are_texts(more)) or not (stage is None or (_are_texts([stage]) and stage.strip())):
        raise _refusal(f"Row {place:,} holds something that is not text.")
    if plain["row"] != place or not isinstance(carried, bool) or (carried and stage is None):
        raise _refusal(f"Row {place:,} does not fit its place.")
    return Pain(row=place, stage=stage, text=text, carried=carried, more=tuple(more))


def _are_texts(plain: object) -> bool:
    return isinstance(plain, list) and all(map(is_text, plain))


def _refusal(why: str) -> Refusal:
    return Refusal(
        "bad_journey",
        f"This is not a journey that can be opened. {why}",
        advice="Choose a JSON file that the journey was exported to, as it was.",
    )
