"""Which questions are asked, and why: what is true of the product, and which kind of AI it is."""

from collections import Counter

import streamlit as st

from aipm.governance.product import Product
from aipm.governance.question_bank import Asked
from aipm.governance.register import Register, find, seeded
from aipm.governance.risk_texts import register_texts
from aipm.governance.triage import TAGS, Tag, Triage
from aipm.mapping.capabilities import KEYS, capabilities
from aipm.ui import address, page
from aipm.ui.ethics_register_state import PAGE, Known, capability_now
from aipm.ui.fragments import notes
from aipm.ui.governance_fields import held
from aipm.ui.governance_state import change, form, put
from aipm.ui.safe import markdown
from aipm.ui.state import key

MOST_REASONS = 6


def draw(now: Known) -> None:
    """Open at first; folded away once something is answered."""
    texts = register_texts()
    said = texts.pick
    with st.expander(said.title, expanded=now.found.gate == "not_begun"):
        st.pills(
            said.tags_label,
            TAGS,
            selection_mode="multi",
            wrap=True,
            format_func=lambda each: texts.tags[each],
            **held("register.tags", [each for each in TAGS if each in (now.tags or ())], _choose),
        )
        meant = capability_now()
        st.selectbox(
            said.capability_label,
            KEYS,
            index=None,
            format_func=lambda each: markdown(capabilities()[each].name),
            placeholder=said.no_capability,
            **held(
                "register.capability", meant if meant in KEYS else None, lambda each: change(Product, capability=each)
            ),
        )
        page.draw(notes(_reasons(list(now.applies.values()))))
        if form(Triage) == Triage():
            to = {"view": "triage"}
            address.goes(PAGE, said.triage, to, name="triage", icon=":material/arrow_forward:", whole=True)
        elif form(Register).tags is not None:
            st.button(said.again, key=key(PAGE, "again"), icon=":material/undo:", on_click=_again)
    page.draw(page.quiet(f"{sentence(now)} {texts.yes_is_good}"))
    _seed(now)


def sentence(now: Known) -> str:
    """How many questions are asked of how many, and what picked them."""
    said = register_texts().pick
    how = said.unknown if now.tags is None else said.by_hand if form(Register).tags is not None else said.from_triage
    return how.format(asked=len(now.applies), all=len(now.bank.questions))


def _choose(chosen: list[Tag]) -> None:
    change(Register, tags=tuple(each for each in TAGS if each in chosen))


def _again() -> None:
    change(Register, tags=None)


def _reasons(asked: list[Asked]) -> list[str]:
    """How many questions each thing that is true brings along; one question may be brought by several."""
    texts = register_texts()
    said = texts.pick
    brought = Counter(tag for each in asked for tag in each.tags).most_common(MOST_REASONS)
    lines = [said.because.format(tag=texts.tags[tag], count=count) for tag, count in brought]
    unknown = sum(each.unknown for each in asked)
    always = sum(not each.tags and not each.unknown for each in asked)
    lines += [said.always.format(count=always)] if always else []
    return lines + ([said.unsure_kind.format(count=unknown)] if unknown else [])


def _seed(now: Known) -> None:
    """A row for each question that is asked and has none, in one step."""
    said = register_texts().pick
    register = form(Register)
    missing = tuple(each for each in now.applies if find(register, each) is None)
    if missing:
        st.button(
            said.seed.format(count=len(missing)),
            help=said.seed_help,
            key=key(PAGE, "seed"),
            icon=":material/playlist_add:",
            on_click=lambda: put(seeded(form(Register), missing)),
        )
