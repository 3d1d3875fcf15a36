"""What the papers know of metrics and errors, of the data, and of evidence."""

from collections.abc import Iterator

from aipm.content.day import day
from aipm.content.interval import wilson
from aipm.content.number import count, rate
from aipm.governance.dossier import Dossier
from aipm.governance.dpia import Dpia
from aipm.governance.feedback import FeedbackPlan
from aipm.governance.hand_on_texts import metric_words
from aipm.governance.lines import Line, Topic, held, of, plain, reasons, say, told, typed
from aipm.governance.lines_people import basis, groups, personal, rules, who_does
from aipm.governance.metric_sheet import Amount, CostMatrix, MetricSheet, Role, Settled
from aipm.governance.notice import Notice
from aipm.governance.practices import Practices
from aipm.governance.practices_paper import runs_said
from aipm.governance.product import Product
from aipm.governance.risk_said import name_of
from aipm.governance.risk_texts import register_texts
from aipm.governance.triage import Triage

ROLES: tuple[Role, ...] = ("offline", "online", "guardrail")
DIGITS = 12
"""Of a sha256."""


def metrics(d: Dossier) -> Iterator[Line]:
    sheet = d.of(MetricSheet)
    for role in ROLES:
        measure = getattr(sheet, role)
        if measure.name:
            target = say("target", text=plain(measure.target, 120).rstrip(".")) if measure.target else ""
            floor = say("floor", text=plain(measure.floor, 120).rstrip(".")) if measure.floor else say("no_floor")
            named = metric_words().goals.roles[role].name
            yield of("metrics", say("metric", role=named, name=plain(measure.name, 120), target=target, floor=floor))


def threshold(d: Dossier) -> Iterator[Line]:
    now, settled = d.of(Product).threshold, d.of(MetricSheet).settled
    if now is not None:
        yield of("product", say("threshold", threshold=f"{now:g}"))
    if settled is not None:
        yield of("metrics", chosen(settled))
        if now is not None and abs(now - settled.threshold) > 1e-9:
            yield of("metrics", say("differs", settled=f"{settled.threshold:g}", product=f"{now:g}"))


def chosen(settled: Settled) -> str:
    """When the threshold was chosen, and on which cases."""
    return say(
        "settled",
        day=day(settled.day),
        cases=count(settled.cases),
        share=rate(settled.share_of_yes),
        data=plain(settled.data_name or settled.data[:DIGITS], 80) if settled.data else say("made_up"),
    )


def costs(d: Dossier) -> Iterator[Line]:
    sheet = d.of(MetricSheet)
    if d.filled("metrics") and sheet.answer == "yes_no":
        if sheet.costs == CostMatrix():
            yield of("metrics", say("example_costs"))
        else:
            yield of("metrics", say("costs", **priced(sheet)))


def priced(sheet: MetricSheet) -> dict[str, str]:
    unit = f" {plain(sheet.unit, 20)}" if sheet.unit else ""
    return {"false_yes": _amount(sheet.costs.false_yes), "false_no": _amount(sheet.costs.false_no), "unit": unit}


def _amount(found: Amount) -> str:
    return f"{found.likely or 0:,g}"


def spread(d: Dossier) -> list[Line]:
    return [of("practices", runs_said(d.of(Practices)))] if d.filled("practices") else []


def judged_on(d: Dossier) -> list[Line]:
    settled = d.of(MetricSheet).settled
    found = [of("metrics", chosen(settled))] if settled else []
    audit = held(d.found("bias_audit"))
    if audit and audit.data:
        named = say("audited", name=plain(audit.data_name or "–", 80), mark=audit.data[:DIGITS])
        found += told(d, d.found("bias_audit"), named)
    return found


def kept_apart(d: Dossier) -> list[Line]:
    found = []
    for proof in d.proofs:
        if proof.row == "test_set_frozen":
            shows = plain(proof.evidence.says or proof.evidence.file_name or proof.evidence.link or "–")
            found.append(of("gates", say("frozen", said=proof.about, shows=shows), proof.place))
    return found + typed("metrics", d.of(MetricSheet).offline.how)


def learned_from(d: Dossier) -> list[Line]:
    return typed("product", d.of(Product).data) + told(d, d.found("data_prep"))


def data_concerns(d: Dossier) -> list[Line]:
    """Rows of the register on training data and biases that are open."""
    states = register_texts().states
    return [
        of("register", say("concern", name=plain(name_of(each), 200), state=states[each.state]), each.item.id)
        for each in d.risks.rows
        if each.item is not None
        and each.item.answer is not None
        and each.heading in ("training_data", "biases")
        and each.state in ("risk_open", "unsure")
    ]


def overall(d: Dossier) -> Iterator[Line]:
    settled = d.of(MetricSheet).settled
    if settled is None:
        return
    right_yes, false_yes, false_no, _ = settled.counts
    for name, of_all in (("precision", right_yes + false_yes), ("recall", right_yes + false_no)):
        if of_all:
            share = right_yes / of_all
            ends = " to ".join(map(rate, wilson(share, of_all)))
            values = {"share": rate(share), "some": count(right_yes), "of": count(of_all), "interval": ends}
            yield of("metrics", say(name, **values))
    if settled.data is None:
        yield of("metrics", say("made_up_figures"))


def by_group(d: Dossier) -> list[Line]:
    return told(d, d.found("bias_audit"))


def apart(d: Dossier) -> list[Line]:
    counted = d.of(FeedbackPlan).groups
    return by_group(d) + ([of("feedback", say("apart", text=plain(counted, 200)))] if counted else [])


def stale(d: Dossier) -> list[Line]:
    return [
        of(each.form, say("stale", name=plain(each.about, 160), reasons=reasons(each.standing)), each.place)
        for each in d.stale
    ]


# the data, by the keys of the datasheet's questions


def _purpose(d: Dossier) -> list[Line]:
    return typed("dpia", d.of(Dpia).purpose) or typed("product", d.of(Product).purpose)


def _owner(d: Dossier) -> list[Line]:
    who = who_does(d, "data_access", "accountable")
    return [of("roles", say("data_access", who=who))] if who else []


def _kinds(d: Dossier, name: str, part: str) -> list[Line]:
    """A line a kind of data, where this part of it was filled in."""
    return [
        of("dpia", say(name, what=plain(each.what or each.id, 160), text=plain(getattr(each, part), 200)), each.id)
        for each in d.of(Dpia).data
        if getattr(each, part)
    ]


def _columns(d: Dossier) -> list[Line]:
    return [of("dpia", plain(each.what, 200), each.id) for each in d.of(Dpia).data if each.what]


def _special(d: Dossier) -> list[Line]:
    answers = d.of(Triage)
    found = [of("triage", say(f"special_{answers.special_data}"))] if answers.special_data else []
    kinds = [each for each in d.of(Dpia).data if each.what and each.special == "yes"]
    return found + [of("dpia", plain(each.what or "", 200), each.id) for each in kinds]


def _raw(d: Dossier) -> list[Line]:
    found = held(d.found("data_prep"))
    if found is None or found.data is None:
        return []
    text = say("raw", name=plain(found.data_name or "–", 80), mark=found.data[:DIGITS])
    return told(d, d.found("data_prep"), text)


def _review(d: Dossier) -> list[Line]:
    dpia = d.of(Dpia)
    return [of("dpia", say("officer", text=plain(dpia.officer_advice)))] if dpia.officer_advice else []


def _harms(d: Dossier) -> list[Line]:
    return data_concerns(d) + by_group(d)


def _contact(d: Dossier) -> list[Line]:
    who = d.of(Product).owner
    found = [of("product", say("answers", who=plain(who)))] if who else []
    return found + typed("notice", d.of(Notice).contact)


def _renewal(d: Dossier) -> list[Line]:
    weeks = d.of(FeedbackPlan).retrain_weeks
    return [of("feedback", say("retrain", weeks=weeks))] if weeks is not None else []


DATA: dict[str, Topic] = {
    "purpose": _purpose,
    "owner": _owner,
    "size": lambda d: told(d, d.found("data_prep")),
    "columns": _columns,
    "split": kept_apart,
    "external": lambda d: _kinds(d, "part_of", "where"),
    "confidential": _special,
    "groups": groups,
    "persons": personal,
    "source": lambda d: typed("notice", d.of(Notice).origin),
    "review": _review,
    "consent": basis,
    "steps": lambda d: told(d, d.found("data_prep")),
    "raw": _raw,
    "uses": lambda d: typed("product", d.of(Product).purpose),
    "harms": _harms,
    "forbidden": lambda d: typed("notice", d.of(Notice).does_not),
    "distribution": lambda d: _kinds(d, "part_of", "who_sees") + typed("notice", d.of(Notice).recipients),
    "law": rules,
    "contact": _contact,
    "renewal": _renewal,
    "retention": lambda d: _kinds(d, "part_of", "how_long") + typed("notice", d.of(Notice).retention),
}
"""What answers a question of the datasheet; questions that are not here are answered by Data prep alone."""
