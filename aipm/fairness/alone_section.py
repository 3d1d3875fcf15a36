"""What was looked at of the data by itself, for the report."""

from collections.abc import Mapping
from dataclasses import dataclass

from aipm.fairness import alone_words as words
from aipm.fairness.alone import Missing
from aipm.fairness.alone_texts import alone_texts
from aipm.fairness.baseline import Baseline
from aipm.fairness.command import exact
from aipm.fairness.proxies import Proxies
from aipm.fairness.proxies_together import Together
from aipm.fairness.representation import Representation
from aipm.fairness.section import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Who is in the data, beside a population from `source` (as the person says)."""

    found: Representation
    source: str
    tolerance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    column: str
    found: tuple[Missing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What gives a group away: column by column, and all together where that could be learned."""

    alone: Proxies
    together: Together | None


Part = Present | Gaps | Given | Baseline


def section(parts: Mapping[tuple[str, str], Part], threshold: int) -> Section:
    """The parts in the order in which the page has them; groups of fewer people than `threshold` hidden."""
    said = alone_texts()
    made = [_made(part, threshold) for _, part in sorted(parts.items(), key=lambda pair: _ORDER.index(pair[0][0]))]
    hidden = [said.hidden.format(threshold=threshold)] if threshold > 1 else []
    return Section(
        title=said.report_title,
        lines=tuple(line for each in made for line in each.lines),
        tables=tuple(table for each in made for table in each.tables if table.rows),
        notes=tuple(dict.fromkeys([*(note for each in made for note in each.notes), *hidden])),
        sources=said.sources,
        options=tuple(option for part in parts.values() for option in _options(part)),
    )


def _options(part: Part) -> list[str]:
    if isinstance(part, Present):
        known = [each for each in part.found.groups if each.expected is not None]
        return [f"--population={part.found.column}={each.group}:{exact(each.expected or 0.0)}" for each in known]
    return ["--baseline"] if isinstance(part, Baseline) else ["--proxies"]


_ORDER = ("present", "gaps", "proxies", "labels")


def _made(part: Part, threshold: int) -> Section:
    said = alone_texts()
    if isinstance(part, Present):
        source = (said.population_source.format(source=part.source),) if part.source else ()
        return Section(
            title=said.present.title,
            lines=words.present_lines(part.found, tolerance=part.tolerance, threshold=threshold),
            tables=(words.present_table(part.found, threshold=threshold),),
            notes=(*source, *said.present.notes),
        )
    if isinstance(part, Gaps):
        return Section(
            title=said.gaps.title,
            lines=words.gap_lines(part.column, part.found, threshold=threshold),
            tables=(words.gap_table(part.column, part.found, threshold=threshold),),
            notes=said.gaps.notes,
        )
    if isinstance(part, Given):
        more = () if part.together is None else words.together_tables(part.together, threshold=threshold)
        about = () if part.together is None else words.together_notes(part.together)
        return Section(
            title=said.proxies.title,
            lines=words.proxy_lines(part.alone, part.together),
            tables=(words.proxy_table(part.alone), *more),
            notes=(*about, *words.left_out_line(part.alone.left_out), *said.proxies.notes),
        )
    return Section(
        title=said.labels.title,
        lines=words.label_lines(part),
        tables=(words.label_table(part, threshold=threshold),),
        notes=(*words.label_notes(part), *said.labels.notes),
    )
