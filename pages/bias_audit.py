"""Bias audit: does the system treat groups of people differently, and is the difference real?"""

import streamlit as st

from aipm.fairness.samples import samples
from aipm.tables import Refusal
from aipm.ui import (
    audit_deeper,
    audit_downloads,
    audit_findings,
    audit_parts,
    audit_roles,
    audit_work,
    hand_over,
    page,
    reading,
    upload,
)
from aipm.ui.audit_texts import audit_page
from aipm.ui.fragments import notes

PAGE = "bias_audit"
text = audit_page()

page.header(PAGE)
source = upload.choose(text.upload, page=PAGE, samples=audit_work.offers(), invitation=text.invitation)
if source is None:
    page.section(text.empty.title)
    page.draw(notes(text.empty.points), page.quiet(text.empty.privacy))
    st.stop()

token = audit_work.token(source)
options = reading.options(PAGE, token)
try:
    table = audit_work.opened(source, options, working=text.reading.working)
except Refusal as refusal:
    page.refused(text.reading.refused, refusal)
    reading.settings(PAGE, token, text.reading, None)
    st.stop()
types = audit_work.suggested(table, source)
if source.sample:
    audit_parts.sample(samples()[source.sample], text)
reading.account(PAGE, token, text.reading, table, types.types)


@st.fragment
def audit(file: upload.Source) -> None:
    """The choices and what follows from them: a change of one draws this again, and nothing above."""
    page.section(text.roles.title, sentence=text.roles.sentence)
    try:
        roles = audit_work.roles_token(token, table)
        spec = audit_roles.choose(table, types, types.spec, token=roles, texts=text.roles)
        work = audit_work.audited(table, spec)
    except Refusal as refusal:
        page.refused(refusal.message, refusal)
        return
    found = audit_findings.findings(work.result, text)
    hand_over.bias_audit(work.result, data_name=file.name)
    page.section(text.answers["title"])
    page.draw(audit_findings.answers(found))
    audit_parts.remarks(found)
    if found.lead_metrics:
        audit_parts.pictures(found, token=roles)
        audit_parts.numbers(found)
    audit_parts.details(found, work)
    asked = audit_deeper.Asked(
        table=table, spec=spec, counts=work.counts, result=work.result, token=roles, file_name=file.name
    )
    audit_deeper.draw(asked)
    audit_downloads.draw(asked, source=file, options=options, texts=text.download)
    page.next_step(audit_parts.advice(found), key="home", text=text.next["home"])


audit(source)
