"""The Guard panel: personal data and what becomes of it, the secret for codes; then crowds, who is missing, balance."""

import secrets

import streamlit as st

from aipm.content import number
from aipm.content.visible import visible
from aipm.prep.guard_texts import guard_texts
from aipm.prep.readiness import Open
from aipm.prep.recipe import Step
from aipm.ui import page, prep_balance, prep_crowd, prep_diversity, prep_stage, prep_state
from aipm.ui.fragments import LONG
from aipm.ui.prep_panel_texts import PersonalTexts, SecretTexts, guard_page_texts
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_work import Work
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

SALT = "AIPM_SALT"
LEAST = 16
"""Characters of a secret, as the operation asks for."""
WAYS: dict[str, tuple[str, ...]] = {
    "pii_person_name": ("drop_columns", "hash_text", "mask_text"),
    "pii_email": ("mask_text", "drop_columns", "hash_text"),
    "pii_phone": ("drop_columns", "hash_text", "mask_text"),
    "pii_date_of_birth": ("generalise_date", "drop_columns", "hash_text"),
    "pii_national_id": ("hash_text", "drop_columns", "mask_text"),
    "pii_card_number": ("mask_text", "drop_columns", "hash_text"),
    "pii_ip_address": ("hash_text", "drop_columns", "mask_text"),
}
"""What can be done with a kind of personal data, what is advised first."""
PARAMS: dict[tuple[str, str], dict[str, object]] = {
    ("pii_email", "mask_text"): {"what": "email_domain"},
    ("pii_phone", "mask_text"): {"what": "keep_end", "keep": 3},
    ("pii_card_number", "mask_text"): {"what": "keep_end", "keep": 4},
    ("pii_national_id", "mask_text"): {"what": "keep_end", "keep": 3},
    ("pii_date_of_birth", "generalise_date"): {"to": "year"},
}


def panel(work: Work) -> None:
    texts = guard_page_texts()
    _personal(work, texts.personal)
    _secret(work, texts.secret)
    prep_crowd.section(work, texts.crowd)
    prep_diversity.section(work, texts.diversity)
    prep_balance.section(work, texts.balance)


def _personal(work: Work, text: PersonalTexts) -> None:
    page.section(text.title, sentence=text.sentence)
    found = [each for each in work.ready.findings if each.finding.kind in WAYS]
    if not found:
        page.draw(page.quiet(text.none))
        return
    waiting = sum(each.is_open for each in found)
    told = text.open.format(open=number.count(waiting), all=number.count(len(found)))
    page.draw(prep_stage.answer(told if waiting else text.all_done.format(all=number.count(len(found)))))
    for place, each in enumerate(found):
        with st.container(key=key(PAGE, f"card.personal{place}")):
            _one(work, each, place, text)


def _one(work: Work, each: Open, place: int, text: PersonalTexts) -> None:
    """One column: what it holds, and what can be done or was done with it."""
    finding = each.finding
    head = f'<span class="severity">{markup(text.kinds[finding.kind])}</span> <b>{markup(finding.column or "")}</b>'
    how = "" if each.step is None else _settled(work, each.step, text)
    how = text.left if each.step is None and each.ignored else how
    said = f'<p class="head">{head}</p><p>{markup(finding.message, limit=LONG)}</p>'
    after = f'<p class="fix">{markup(how, limit=LONG)}</p>' if how else ""
    page.draw(Html(f'<div class="finding is-{finding.severity}">{said}{after}</div>'))
    if each.step is not None:
        with st.container(horizontal=True):
            st.button(
                text.take_back, key=key(PAGE, f"personal.{place}.back"), on_click=prep_state.remove, args=(each.step,)
            )
    elif each.ignored:
        with st.container(horizontal=True):
            st.button(
                text.take_back, key=key(PAGE, f"personal.{place}.heed"), on_click=prep_state.heed, args=(finding,)
            )
    else:
        with st.container(horizontal=True):
            for op in WAYS[finding.kind]:
                first = finding.fix is not None and op == finding.fix.op
                st.button(
                    text.advised.format(way=text.ways[op]) if first else text.ways[op],
                    key=key(PAGE, f"personal.{place}.{op}"),
                    on_click=prep_state.add,
                    args=(step_for(each, op, text.reason),),
                    kwargs={"answers": [finding]},
                )
            st.button(text.leave, key=key(PAGE, f"personal.{place}.leave"), on_click=prep_state.ignore, args=(finding,))


def step_for(each: Open, op: str, reason: str) -> Step:
    """The step that deals with a column in that way."""
    finding = each.finding
    if finding.fix is not None and finding.fix.op == op:
        params = dict(finding.fix.params)
    elif op == "generalise_date" and finding.fix is None:
        return Step(id="coarser", op="generalise_number", columns=finding.columns, params={"width": 10}, reason=reason)
    else:
        params = PARAMS.get((finding.kind, op), {})
    return Step(id=op.replace("_", "-"), op=op, columns=finding.columns, params=params, reason=reason)


def _settled(work: Work, name: str, text: PersonalTexts) -> str:
    """Which step deals with it, and whether that step could be done."""
    step = work.recipe.step(name)
    report = next(each for each in work.prepared.steps if each.id == name)
    place = number.count(prep_stage.number_of(work, name))
    if report.status == "ok":
        return text.by_step.format(what=text.done.get(step.op, text.done["other"]), number=place)
    return text.failed.format(number=place, message=report.message)


def _secret(work: Work, text: SecretTexts) -> None:
    """Where codes are made: the secret, typed or made, kept in this session and nowhere else."""
    names = [str(step.params.get("salt_from", SALT)) for step in work.recipe.steps if step.op == "hash_text"]
    for name in dict.fromkeys(names):
        page.section(text.title, sentence=f"{guard_texts().privacy.hash} {guard_texts().privacy.secret}")
        box, shown = key(PAGE, f"secret.{name}"), key(PAGE, f"secret.made.{name}")

        def keep(name: str = name, box: str = box, shown: str = shown) -> None:
            typed = st.session_state[box]
            st.session_state.pop(shown, None)
            prep_state.keep_secret(name, typed if len(typed) >= LEAST else "")

        def make(name: str = name, shown: str = shown) -> None:
            st.session_state[shown] = secrets.token_urlsafe(24)
            prep_state.keep_secret(name, st.session_state[shown])

        known = prep_state.secrets().get(name, "")
        typed = st.text_input(
            text.label, type="password", help=text.help, max_chars=200, key=box, on_change=keep, autocomplete="off"
        )
        if known:
            page.draw(page.quiet(f"{text.set} {text.script.format(name=visible(name))}"))
        else:
            short = typed and len(typed) < LEAST
            page.draw(page.quiet(text.short.format(length=number.count(len(typed))) if short else text.missing))
            st.button(text.make, key=key(PAGE, f"secret.make.{name}"), icon=":material/key:", on_click=make)
        if made := st.session_state.get(shown):
            page.draw(page.quiet(text.made))
            st.code(visible(made), language=None)
