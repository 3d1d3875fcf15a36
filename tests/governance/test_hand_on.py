"""What is handed on is filled from the forms, says where each line is from, and what is missing or stale in it."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given, settings

from aipm.content.datasheet import datasheet_texts
from aipm.content.document import html, markdown
from aipm.governance import bundle, data_sheet, model_card, one_page, overview
from aipm.governance.dossier import dossier
from aipm.governance.dpia import DataKind, Dpia
from aipm.governance.evidence import Evidence, Result
from aipm.governance.example import example
from aipm.governance.fields import LONGEST
from aipm.governance.forms import FILE, FORMS, from_json, to_json
from aipm.governance.hand_on_texts import PARTS, hand_on_texts, name_of
from aipm.governance.incident import IncidentPlan
from aipm.governance.lines_data import DATA
from aipm.governance.metric_sheet import MetricSheet, Settled
from aipm.governance.model_card import TOPICS
from aipm.governance.product import Product
from aipm.governance.register import Item, Register
from aipm.governance.triage import Triage
from tests.governance import made

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TEXTS = hand_on_texts()
AUDIT = Result(
    tool="bias_audit",
    said="No gap beyond the tolerance in any of 4 questions. Compared by: age, sex.",
    at=datetime(2026, 11, 12, 9, 0, tzinfo=UTC),
    settings="a" * 64,
    data="b" * 64,
    data_name="held-back.csv",
    threshold=0.6,
    against=False,
)


def read(latest=(), *, notes=None, notes_of=None, **forms):
    found = {each.tool: each for each in latest}
    return dossier(forms, latest=found, today=TODAY, notes=notes, notes_of=notes_of)


def full(**changed):
    return dossier({**example().forms, **changed}, latest={}, today=TODAY)


def answers(sections):
    return {each.text: each for section in sections for each in section.questions}


def row(document, part):
    return dict(document.blocks[0].pairs)[TEXTS.brief.rows[part]]


def card_line(d, known):
    asked = next(each for section in TEXTS.card.sections for each in section.questions if each.known == known)
    return [str(line) for line in answers(model_card.card(d))[asked.text].lines]


# the brief


def test_an_empty_brief_says_of_every_part_that_it_is_missing_and_where_to_fill_it_in():
    made_of_nothing = one_page.document(read())
    for part in PARTS:
        if part != "unknown":
            assert row(made_of_nothing, part).startswith("Missing: ")
    assert row(made_of_nothing, "risks") == "Missing: where the risks stand. To fill in under Register."
    assert f"Empty forms, {len(FORMS)} of {len(FORMS)}" in row(made_of_nothing, "unknown")


def test_the_brief_of_the_worked_example_has_every_part():
    brief = one_page.document(full())
    assert not [part for part in PARTS if row(brief, part).startswith("Missing: ")]
    assert "Ines Moreau answers for it." in row(brief, "what")
    assert "high-risk" in row(brief, "rules")
    assert "from 2 Dec 2027" in row(brief, "rules")
    assert "Development: 4 of 6 criteria stand" in row(brief, "stage")
    assert "A false yes costs 420 EUR, a false no 15 EUR." in row(brief, "measures")
    assert "Amara Diallo decides within 10 days" in row(brief, "appeal")
    assert "Over 9 % overruled in a week" in row(brief, "change")
    assert "evidence by 31 Oct 2026 (past)" in row(brief, "change")


def test_what_is_stale_is_said_with_the_reason():
    assert "(the threshold has changed)" in row(one_page.document(full()), "stale")
    product = replace(example().forms["product"], threshold=0.58)
    assert "(the threshold has changed)" not in row(one_page.document(full(product=product)), "stale")


def test_it_says_that_it_is_no_advice_the_day_and_the_state_of_the_rules():
    for document in bundle.papers(full()).values():
        assert "21 Nov 2026" in document.note
        assert "State of the rules: November 2026" in document.note
        assert "not legal advice" in document.note


@settings(max_examples=25)
@given(made.forms())
def test_no_part_of_the_brief_grows_beyond_its_bound_whatever_was_typed(forms):
    brief = one_page.document(dossier(forms, latest={}, today=TODAY))
    assert all(len(value) <= one_page.MOST + 2 for _, value in brief.blocks[0].pairs)
    assert len(brief.title) <= 120


def test_a_brief_from_endless_text_is_no_longer_than_a_page():
    endless = "word " * (LONGEST // 5 - 1)
    forms = {"product": Product(name=endless, purpose=endless, owner=endless, model=endless)}
    forms["incident"] = IncidentPlan(stop_how=endless, stop_who=endless, fallback=endless, appeal_where=endless)
    assert len(markdown(one_page.document(read(**forms)))) < 5_000


# the model card


def test_the_card_has_the_nine_parts_and_every_question_a_place():
    sections = model_card.card(read())
    assert len(sections) == 9
    assert all(each.open and each.where for section in sections for each in section.questions)
    known = {each.known for section in TEXTS.card.sections for each in section.questions}
    assert set(TOPICS) <= known
    assert known - set(TOPICS) == {"crossed"}  # only the audit itself can answer that


def test_every_line_says_where_it_is_from():
    for sections in (model_card.card(full()), data_sheet.sheet(full())):
        for question in answers(sections).values():
            assert all(line.source and line.text for line in question.lines)
    assert card_line(full(), "unknown")[-1].endswith("[Register, item r5]")


def test_a_result_is_named_by_its_fingerprint_and_day():
    assert card_line(read([AUDIT]), "by_group") == [
        f"{AUDIT.said} [Bias audit, fingerprint {AUDIT.fingerprint}, 12 Nov 2026]"
    ]


def test_a_result_for_another_threshold_is_said_to_be_stale():
    line = card_line(read([AUDIT], product=Product(threshold=0.7)), "by_group")[0]
    assert line.endswith("12 Nov 2026; stale: the threshold has changed]")


def test_without_a_result_in_this_session_the_one_in_the_register_counts():
    proof = Evidence(kind="result", added=TODAY, result=AUDIT)
    register = Register(items=(Item(id="r7", question="bia_audit", answer="yes", evidence=proof),))
    line = card_line(read(register=register), "by_group")[0]
    assert "[Register, item r7: Bias audit, fingerprint" in line


def test_rates_come_with_counts_and_an_interval():
    """90 of 100: Wilson's interval is 82.6% to 94.5% (Newcombe 1998 gives the formula)."""
    settled = Settled(
        threshold=0.5,
        day=TODAY,
        cases=1_000,
        share_of_yes=0.12,
        counts=(90, 10, 30, 870),
        cost=1,
        least=1,
        data="c" * 64,
    )
    precision, recall = card_line(read(metrics=MetricSheet(settled=settled)), "overall")
    assert "90.0% were right (90 of 100; 95% interval 82.6% to 94.5%)" in precision
    assert "75.0% were found (90 of 120" in recall


def test_figures_of_the_made_up_sample_are_said_to_be_made_up():
    settled = Settled(threshold=0.5, day=TODAY, cases=10, share_of_yes=0.5, counts=(4, 1, 1, 4), cost=1, least=1)
    lines = card_line(read(metrics=MetricSheet(settled=settled)), "overall")
    assert "made-up sample" in lines[-1]


def test_that_nothing_is_unknown_is_an_answer_only_where_something_was_asked():
    asked = next(each for section in TEXTS.card.sections for each in section.questions if each.known == "stale")
    assert answers(model_card.card(read()))[asked.text].open
    proof = Evidence(kind="link", added=TODAY, link="minutes")
    register = Register(items=(Item(id="r1", question="bia_audit", answer="yes", evidence=proof),))
    settled = answers(model_card.card(read(register=register)))[asked.text]
    assert settled.settled == TEXTS.card.nothing_stale
    assert not settled.open


def test_open_questions_name_the_place_that_fills_them_in():
    written = markdown(model_card.document(read(), product=None))
    assert "Open. Fill it in: Who is affected." in written
    assert "0 of 32 questions have an answer" in written


# the datasheet


def test_the_datasheet_asks_the_same_questions_as_data_prep():
    assert [each.title for each in data_sheet.sheet(read())] == [each.title for each in datasheet_texts().sections]
    assert set(DATA) <= set(datasheet_texts().keys)


def test_the_datasheet_is_filled_from_the_privacy_assessment():
    kind = DataKind(id="r1", what="Income", whose="Applicants", who_sees="Clerks", where="Frankfurt", how_long="A year")
    sheet = answers(data_sheet.sheet(read(dpia=Dpia(data=(kind,), basis="contract"))))
    said = {text: [str(line) for line in each.lines] for text, each in sheet.items()}
    assert said["How long may data on people be kept?"] == ["Income: A year [Privacy assessment, row r1]"]
    assert said["Who will receive it and how?"] == ["Income: Clerks [Privacy assessment, row r1]"]
    assert said["What does each column hold?"] == ["Income [Privacy assessment, row r1]"]


def test_what_was_said_in_data_prep_comes_first():
    sheet = answers(data_sheet.sheet(read(notes={"licence": "CC BY 4.0", "unit": " "}, notes_of="loans.csv")))
    assert str(sheet["Under what licence or terms?"].lines[0]) == "CC BY 4.0 [Data prep, as said of loans.csv]"
    assert sheet["What does one row stand for?"].open


# how complete


def test_the_table_of_contents_has_every_form_and_what_it_lacks():
    parts = {each.form: each for each in overview.contents(full())}
    assert list(parts) == list(FORMS)
    assert parts["register"].state == "begun"
    assert "not settled" in parts["register"].says
    assert parts["metrics"].says.startswith("The guardrail has no floor")
    assert all(each.state == "empty" and each.says is None for each in overview.contents(read()))
    assert overview.contents(read(product=Product(name="Loans")))[0].says.startswith("Not said yet: what it is for")


def test_the_answer_counts_forms_severe_items_and_stale_evidence():
    first, second = overview.answer(full(), card=(1, 32), sheet=(15, 35))
    assert first.startswith(f"{len(FORMS)} of {len(FORMS)} forms have something in them. ")
    assert "severe items of the register are open" in first
    assert "31 of 32" in second
    assert "no longer stand" in second
    assert overview.answer(read(), card=(1, 1), sheet=(1, 1)) == (TEXTS.answer.none,)
    assert TEXTS.answer.register in overview.answer(read(triage=Triage(eu="yes")), card=(1, 1), sheet=(1, 1))[0]


# everything at once


def opened(data):
    return zipfile.ZipFile(io.BytesIO(data))


def test_the_zip_holds_the_file_the_papers_and_every_form_to_read():
    folder = opened(bundle.bundle(full(), made_by="AIPM", at=AT, unread={"horoscope": 1}))
    names = set(folder.namelist())
    assert {FILE, "brief.html", "model-card.md", "datasheet.md", "register.csv", "notice.txt", "gates.csv"} <= names
    assert all(re.fullmatch(r"[A-Za-z-]+\.[a-z]+", name) for name in names)
    again = from_json(folder.read(FILE))
    assert again.forms == example().forms
    assert again.unread == {"horoscope": 1}
    rows = list(csv.reader(io.StringIO(folder.read("register.csv").decode("utf-8-sig"))))
    assert "r11" in {row[0] for row in rows}


def test_the_zip_of_nothing_still_opens():
    folder = opened(bundle.bundle(read(), made_by="AIPM", at=AT))
    assert "register.csv" not in folder.namelist()
    assert json.loads(folder.read(FILE))["forms"] == {}


@settings(max_examples=20)
@given(made.forms(rows=2))
def test_anything_that_can_be_filled_in_can_be_handed_on(forms):
    d = dossier(from_json(to_json(forms, saved="x")).forms, latest={}, today=TODAY)
    overview.contents(d)
    for name, data in bundle.files(d, made_by="AIPM", at=AT):
        assert isinstance(data, bytes), name


def test_hostile_text_stays_text_in_every_paper():
    hostile = "<img src=x onerror=alert(1)> [a](http://192.0.2.1/b) **c**"
    forms = {"product": Product(name=hostile, purpose=hostile, owner=hostile, data=hostile)}
    forms["register"] = Register(items=(Item(id="r1", text=hostile, answer="unsure", severe=True),))
    for document in bundle.papers(read(**forms)).values():
        assert "<img" not in html(document, generated=AT)
        written = markdown(document)
        assert "<img" not in written.replace("\\<", "")
        assert "](http" not in written.replace("\\]", "")


def test_no_sentence_of_the_content_is_left_without_use():
    """Keys of `lines` are asked for by name in the code; one that nobody asks for is prose nobody reads."""
    code = "".join(path.read_text(encoding="utf-8") for path in (Path(one_page.__file__).parent).glob("*.py"))
    asked = set(re.findall(r'(?:say|_say|say_line|lines\[)\(?\s*"(\w+)"', code))
    asked |= {f"{name}_{said}" for name in ("personal", "special", "contest") for said in ("yes", "no", "unsure")}
    asked |= {"own", "bought", "precision", "recall", "part_of", "past", "review_of"}
    assert set(TEXTS.lines) | set(TEXTS.brief.lines) <= asked


def test_places_that_fill_something_in_have_a_name():
    places = {place for section in TEXTS.card.sections for each in section.questions for place in each.where}
    places |= {place for where in TEXTS.sheet.where.values() for place in where}
    assert all(map(name_of, places))
