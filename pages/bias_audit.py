"""Bias audit: does the system treat groups of people differently, and is the difference real?"""

import streamlit as st

from aipm.fairness.samples import samples
from aipm.tables import Refusal
from aipm.ui import audit_downloads, audit_findings, audit_parts, audit_roles, audit_work, page, reading, upload
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

page.section(text.roles.title, sentence=text.roles.sentence)
try:
    roles = audit_work.roles_token(token, table)
    spec = audit_roles.choose(table, types, types.spec, token=roles, texts=text.roles)
    result, counts = audit_work.audited(table, spec)
except Refusal as refusal:
    page.refused(refusal.message, refusal)
    st.stop()
found = audit_findings.findings(result, text)

page.section(text.answers["title"])
page.draw(audit_findings.answers(found))
audit_parts.remarks(found)

if found.lead_metrics:
    page.section(text.picture["title"])
    metric = audit_parts.metric(found, token=roles)
    page.draw(audit_findings.picture(found, metric))
    audit_parts.crossings(found, metric)
    page.section(text.matrix["title"])
    audit_parts.numbers(found)
audit_parts.details(found, counts)

page.section(text.download["title"])
audit_downloads.draw(result, table.reading, source=source, options=options, texts=text.download)
page.next_step(audit_parts.advice(found), key="home", text=text.next["home"])
