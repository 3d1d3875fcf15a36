"""The roles to read about on the part "Who does what": one at a time, or two side by side; how to work with them."""

import streamlit as st

from aipm.content.visible import visible
from aipm.governance.roles import ROLES, Role
from aipm.governance.roles_texts import Aspect, PeopleTexts, RoleText, roles_texts
from aipm.ui import address, page
from aipm.ui.fragments import LONG, join, notes
from aipm.ui.safe import Html, markup

PAGE = "lifecycle"
FIRST: Role = "data_scientist"
NOBODY = "nobody"


def draw() -> None:
    texts = roles_texts()
    says = texts.people
    page.section(says.title, sentence=says.sentence)
    chosen = address.asked("role", ROLES, FIRST)
    st.pills(
        says.pick,
        ROLES,
        format_func=lambda each: texts.roles[each].name,
        required=True,
        **address.held("lifecycle.roles", "role", chosen, default=FIRST),
    )
    names: dict[str, str] = {NOBODY: says.compare_none}
    names.update((role, texts.roles[role].name) for role in ROLES if role != chosen)
    other = address.asked("with", tuple(names), NOBODY)
    st.selectbox(
        says.compare,
        tuple(names),
        format_func=lambda each: visible(names[each]),
        **address.held("lifecycle.roles", "with", other, default=NOBODY),
    )
    shown = [chosen, *(each for each in ROLES if each == other)]
    page.draw(_card([texts.roles[each] for each in shown], says), page.quiet(says.as_of))
    steps = join(
        Html(f"<li><b>{markup(each.name)}</b><p>{markup(each.text, limit=LONG)}</p></li>") for each in says.flow
    )
    page.draw(Html(f'<h3>{markup(says.flow_title)}</h3><ol class="role-flow">{steps}</ol>'))
    tips = join(Html(f"<p><b>{markup(each.name)}.</b> {markup(each.text, limit=LONG)}</p>") for each in says.tips)
    page.draw(Html(f"<h3>{markup(says.tips_title)}</h3>{tips}"))
    page.link("resources", says.tips_links["glossary"], view="glossary")
    page.link("landscape", says.tips_links["landscape"])
    arrow = ":material/arrow_forward:"
    address.goes(PAGE, says.tips_links["tools"], {"view": "stack"}, name="roles.stack", icon=arrow, whole=True)


def _card(roles: list[RoleText], says: PeopleTexts) -> Html:
    """A role from its line to what to expect of it; a second one beside it, aspect by aspect."""
    names = "".join(f"<h3>{markup(each.name)}</h3>" for each in roles)
    lines = "".join(
        f"<h4>{markup(title)}</h4><div>{''.join(f'<div>{_aspect(each, aspect)}</div>' for each in roles)}</div>"
        for aspect, title in says.rows.items()
    )
    return Html(f'<div class="role-card of-{len(roles)}"><div class="names">{names}</div>{lines}</div>')


def _aspect(role: RoleText, aspect: Aspect) -> Html:
    found = getattr(role, aspect)
    return Html(f"<p>{markup(found, limit=LONG)}</p>") if isinstance(found, str) else notes(found)
