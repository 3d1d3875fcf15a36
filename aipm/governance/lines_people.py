"""What the papers know of the product, of the people it touches, and of the rules and risks around it."""

from collections.abc import Iterator

from aipm.content.day import day
from aipm.governance import gate_words
from aipm.governance.dossier import Dossier
from aipm.governance.dpia import Dpia, dpia_texts
from aipm.governance.feedback import FeedbackPlan
from aipm.governance.feedback_words import answer as feedback_answer
from aipm.governance.hand_on_texts import capability_name, hand_on_texts, triage_words
from aipm.governance.harms import LEVELS, Group, HarmCanvas, harm_texts
from aipm.governance.incident import IncidentPlan
from aipm.governance.lines import Line, aged, of, plain, say, told, typed
from aipm.governance.notice import Notice
from aipm.governance.product import Product
from aipm.governance.risk_rows import Row
from aipm.governance.risk_said import gate_said, name_of
from aipm.governance.risk_texts import register_texts
from aipm.governance.roles import Activity, Raci, row
from aipm.governance.roles_words import called
from aipm.governance.rules import NO
from aipm.governance.triage import LISTS, Triage


def purpose(d: Dossier) -> list[Line]:
    return typed("product", d.of(Product).purpose) or typed("notice", d.of(Notice).does)


def owner(d: Dossier) -> list[Line]:
    found = [of("product", say("answers", who=plain(who)))] if (who := d.of(Product).owner) else []
    builders, accountable = who_does(d, "model_choice", "responsible"), who_does(d, "model_choice", "accountable")
    return found + ([of("roles", say("builds", names=builders, who=accountable or "–"))] if builders else [])


def who_does(d: Dossier, activity: Activity, part: str) -> str:
    """The names of those who take this part in an activity; blank for nobody."""
    raci = d.of(Raci)
    names = called(raci)
    return plain(", ".join(names[each] for each in getattr(row(raci, activity), part)))


def model(d: Dossier) -> list[Line]:
    return typed("product", d.of(Product).model) + told(d, d.found("model_scorer"))


def kind(d: Dossier) -> list[Line]:
    known = d.of(Product).capability
    found = [of("product", say("kind", name=capability_name(known)))] if known else told(d, d.found("use_case_mapper"))
    return found + told(d, d.found("model_scorer.approach"))


def origin(d: Dossier) -> list[Line]:
    answers = d.of(Triage)
    pairs = (("own", answers.trains_own), ("bought", answers.third_party_model))
    return [of("triage", say(name)) for name, said in pairs if said == "yes"]


def stage(d: Dossier) -> list[Line]:
    return [of("gates", gate_words.answer(d.board, today=d.today)[0])] if d.filled("gates") else []


def contact(d: Dossier) -> list[Line]:
    found = typed("notice", d.of(Notice).contact)
    for form, where in (
        ("incident", d.of(IncidentPlan).report_where),
        ("feedback", d.of(FeedbackPlan).channel),
    ):
        found += [of(form, say("report", text=plain(where)))] if where else []
    return found


def people(d: Dossier) -> list[Line]:
    kinds = harm_texts().rows["groups"].fields["kind"].options
    return [
        of(
            "harms",
            say(
                "affected",
                who=who_of(each),
                kind=kinds.get(each.kind or "", "–"),
                many=say("many", count=plain(each.how_many, 80)) if each.how_many else "",
            ),
            each.id,
        )
        for each in d.of(HarmCanvas).groups
    ]


def who_of(group: Group) -> str:
    return plain(group.who or group.id, 120)


def not_for(d: Dossier) -> list[Line]:
    return typed("notice", d.of(Notice).does_not)


def groups(d: Dossier) -> list[Line]:
    """Groups that are vulnerable, or that come off badly."""
    levels = hand_on_texts().levels
    return [
        of(
            "harms",
            say(
                "vulnerable",
                who=who_of(each),
                level=levels[each.vulnerable],
                why=plain(each.vulnerable_why or "", 200),
            ).strip(),
            each.id,
        )
        for each in d.of(HarmCanvas).groups
        if each.vulnerable in ("middle", "high")
    ]


def harms(d: Dossier) -> list[Line]:
    """The worst first."""
    levels = hand_on_texts().levels
    found = [each for each in d.of(HarmCanvas).groups if each.harm]
    found.sort(key=lambda each: -LEVELS.index(each.harm_level) if each.harm_level else 1)
    return [
        of(
            "harms",
            say(
                "harm",
                who=who_of(each),
                harm=plain(each.harm or "", 200),
                level=levels[each.harm_level or "none"],
                mitigation=say("mitigated", text=plain(each.mitigation, 200))
                if each.mitigation
                else say("not_mitigated"),
            ),
            each.id,
        )
        for each in found
    ]


def personal(d: Dossier) -> list[Line]:
    answers, dpia = d.of(Triage), d.of(Dpia)
    found = [of("triage", say(f"personal_{answers.personal_data}"))] if answers.personal_data else []
    if answers.personal_data != "no" and answers.special_data:
        found.append(of("triage", say(f"special_{answers.special_data}")))
    found += [
        of(
            "dpia",
            say("data_kind", what=plain(each.what, 160), whose=plain(each.whose or say("whose_unknown"), 80)),
            each.id,
        )
        for each in dpia.data
        if each.what
    ]
    return found + basis(d)


def basis(d: Dossier) -> list[Line]:
    known = d.of(Dpia).basis
    return [of("dpia", say("basis", text=dpia_texts().fields["basis"].options[known]))] if known else []


def rules(d: Dossier) -> list[Line]:
    found = [of("triage", tier(d))] if d.rules.begun else []
    return found + need(d)


def tier(d: Dossier) -> str:
    """What the answers point to, in a sentence."""
    words, found = triage_words(), d.rules
    if not found.begun:
        return say("tier_unknown")
    if found.reach == NO:
        return say("outside")
    if found.low == found.high:
        return say("fixed", tier=words.tiers[found.low].name)
    return say("range", low=words.tiers[found.low].name, high=words.tiers[found.high].name)


def need(d: Dossier) -> list[Line]:
    """Whether an impact assessment is called for, and what was decided."""
    if not d.filled("dpia"):
        return []
    texts, dpia, found = dpia_texts(), d.of(Dpia), d.privacy
    cases = ", ".join(texts.names[each] for each in found.cases)
    lines = [
        of("dpia", texts.needs[found.need].format(cases=cases, count=len(found.criteria), unsure=len(found.unsure)))
    ]
    if dpia.decision:
        what = texts.fields["decision"].options[dpia.decision]
        on = day(dpia.decided_on) if dpia.decided_on else "–"
        lines.append(of("dpia", say("decided", what=what, who=plain(dpia.decided_by or "–", 80), day=on)))
    return lines


def asked(d: Dossier) -> int:
    """How many questions of the register's bank apply."""
    return len(d.applies)


def gate(d: Dossier) -> str:
    """The register's sentence."""
    words = register_texts().gate
    return f"{words.names[d.risks.gate]}. {gate_said(d.risks, bank=d.bank, asked=asked(d))}"


def severe(d: Dossier) -> tuple[Row, ...]:
    """Severe rows that hold the gate shut, the gravest first."""
    return tuple(each for each in d.risks.rows if each.block is not None)


def risks(d: Dossier) -> Iterator[Line]:
    if not d.filled("register"):
        return
    yield of("register", gate(d))
    states = register_texts().states
    for each in severe(d):
        if each.item is not None:
            source = of("register", "", each.item.id).source
            text = say("concern", name=plain(name_of(each), 200), state=states[each.state])
            yield Line(text=text, source=aged(source, each.standing) if each.standing else source)


def done(d: Dossier) -> Iterator[Line]:
    """Risks that were treated or accepted."""
    states = register_texts().states
    for each in d.risks.rows:
        item = each.item
        if item is None or each.state not in ("mitigated", "accepted", "risk_open"):
            continue
        name = plain(name_of(each), 200)
        if each.state == "accepted":
            until = day(item.accepted_until) if item.accepted_until else "–"
            who, why = plain(item.accepted_by or "–", 80), plain(item.accepted_why or "–", 200)
            yield of("register", say("accepted", name=name, who=who, day=until, why=why), item.id)
        else:
            named = [d.bank.mitigations[key].name for key in item.mitigations if key in d.bank.mitigations]
            text = plain("; ".join(filter(None, [*named, item.mitigation])), 300)
            if text:
                yield of("register", say("treated", name=name, state=states[each.state], text=text), item.id)


def human(d: Dossier) -> list[Line]:
    found = typed("notice", d.of(Notice).human)
    if said := d.of(Triage).contestable:
        found.append(of("triage", say(f"contest_{said}")))
    return found + [of("incident", text) for text in filter(None, [appeal(d)])]


def appeal(d: Dossier) -> str | None:
    """Where one objects, who decides, and by when; None where neither is said."""
    plan = d.of(IncidentPlan)
    if not (plan.appeal_where or plan.appeal_decides):
        return None
    days = say("in_days", days=f"{plan.appeal_days:,}") if plan.appeal_days is not None else ""
    where, who = plain(plan.appeal_where or "–", 160), plain(plan.appeal_decides or "–", 80)
    return say("appeal", where=where, who=who, days=days)


def limits(d: Dossier) -> list[Line]:
    return typed("notice", d.of(Notice).uncertain)


def unknown(d: Dossier) -> list[Line]:
    """What was answered with "not sure"."""
    names = unsure(d)
    found = [of("triage", say("open_questions", names="; ".join(names)))] if names else []
    return found + [
        of("register", say("unsure_item", name=plain(name_of(each), 200)), each.item.id)
        for each in d.risks.rows
        if each.state == "unsure" and each.item is not None
    ]


def unsure(d: Dossier) -> list[str]:
    """Questions of the triage that are open, in short; none where it is not begun."""
    if not d.rules.begun:
        return []
    of_list = {name: question for question, name in LISTS.items()}
    short = triage_words().questions
    return list(dict.fromkeys(short[of_list.get(name, name)].short for name in (*d.rules.unsure, *d.rules.open)))


def watched(d: Dossier) -> list[Line]:
    return [of("feedback", feedback_answer(d.of(FeedbackPlan), d.feedback)[0])] if d.filled("feedback") else []
