"""The page Brief, without a browser: the story, what people write into it, files, versions, sharing, reading only."""

import html
from dataclasses import replace

import pytest

from aipm.brief import brief as briefs
from aipm.brief import json_file, story
from aipm.brief.brief import Brief, Decision
from aipm.brief.texts import brief_texts
from aipm.tables import Refusal
from aipm.ui import brief_example, brief_page_texts, brief_read, brief_state, brief_take
from aipm.ui.registry import FILES
from tests.brief.made_up import AT, HOSTILE, TODAY, entry, now, whole
from tests.ui.briefs import another, at, done, filled, framed, held, opened, plain, press, shown, view, widget, write

__all__ = ["framed"]  # a fixture of every test here
TEXTS = brief_page_texts.brief_page_texts()
PAIN = "Clerks read every application twice."


def brief_of(app):
    kept = held(app)
    return kept.entries or Brief()


def test_the_empty_page_teaches_and_says_in_every_chapter_what_to_do():
    app = opened()
    assert TEXTS.empty.title in shown(app)
    assert all(f". {each.name}</h2>" in shown(app) for key, each in brief_texts().chapters.items() if key != "other")
    links = {each.proto.label for each in app.get("page_link")}
    assert {each.text for each in brief_texts().missing.values() if each.page != "brief"} <= links


def test_every_place_is_a_page_with_that_view():
    for tool in (*TEXTS.places, *brief_texts().missing, "workshop.pains", "capabilities"):
        place = brief_page_texts.place_of(tool)
        assert place is None or place.page in FILES
    assert brief_page_texts.place_of("a_tool_of_another_version") is None


def test_a_result_says_what_it_rests_on_and_how_it_stands():
    app = filled()
    said = shown(app)
    assert PAIN in said
    assert "€1,240" in said
    assert "€900 to €1,900" in said
    assert f"fingerprint {whole().of('model_scorer').fingerprint}" in said
    assert "12 Nov 2026, 10:00" in said
    assert "Mind: One column gives it away." in said


def test_what_no_longer_stands_says_why_and_where_to_run_it_again():
    brief = briefs.add(whole(), entry("bias_audit", threshold=0.5))
    brief = briefs.form(brief, "product", replace(brief.product, threshold=0.62))
    app = opened(brief)
    assert f"{TEXTS.story.stale}: " in shown(app)
    assert any(plain(each.proto.label) == "Run it again: Bias audit" for each in app.get("page_link"))


def test_taken_out_and_put_back():
    app = press(filled(), "Take out: Use-case mapper, the pain")
    assert PAIN not in shown(app)
    app = press(app, TEXTS.story.put_back)
    assert PAIN in shown(app)
    assert brief_of(app).of("use_case_mapper.pain") == whole().of("use_case_mapper.pain")
    assert brief_of(app).history == ()


def test_a_decision_with_its_person_and_day():
    app = write(opened(), TEXTS.decisions.new, "Begin small.")
    app = write(app, "Decision 1: who took it?", "Ines")
    app = write(app, "Decision 1: on which day?", "21.11.2026")
    app = write(app, TEXTS.decisions.new, "Then look again.")
    assert brief_of(app).decisions == (
        Decision(what="Begin small.", who="Ines", on=TODAY),
        Decision(what="Then look again."),
    )
    app = press(app, "Take out decision 1")
    assert widget(app, "text_input", "Decision 1: what was decided?").value == "Then look again."
    assert widget(app, "text_input", "Decision 1: who took it?").value == ""


def test_what_would_change_our_mind():
    app = write(opened(), TEXTS.mind.new, "Too many appeals.")
    app = write(app, TEXTS.mind.new, "A cheaper model.")
    assert brief_of(app).mind == ("Too many appeals.", "A cheaper model.")
    app = write(app, "We would think again if (1)", "")
    assert brief_of(app).mind == ("A cheaper model.",)


def test_hostile_text_is_drawn_as_characters():
    hostile = tuple(each for each in HOSTILE if "\ud800" not in each)
    brief = briefs.would_change(whole(), *hostile)
    brief = briefs.decide(brief, *(Decision(what=each, who=each) for each in hostile if each.strip()))
    for place, text in enumerate(hostile):
        brief = briefs.add(brief, entry(f"tool{place}", title=text[:400], summary=text, warnings=(text,)))
    app = opened(brief)
    token = brief_state.briefs().share(held(app).token)
    for each in (app, view(app, "take"), view(app, "versions"), at(app, read=token)):
        assert "<script>" not in shown(each)
        assert "\u202e" not in shown(each)


def test_no_ai_needed_says_so():
    brief = briefs.add(Brief(), entry("use_case_mapper", against=True))
    assert brief_texts().document.not_needed in shown(opened(brief)).replace("&#x27;", "'")


def test_a_file_opens_again_and_what_stood_there_is_an_earlier_version():
    app = view(write(opened(), TEXTS.mind.new, "What stood here."), "take")
    data = json_file.to_json(whole(), saved=AT.isoformat(), unread={"entries[9]": {"a": 1}})
    done(app.file_uploader[0].set_value(("aipm-brief.json", data, "application/json")).run())
    assert "The file was opened: 6 results, 1 forms, 1 decisions." in shown(app)
    assert "entries[9]" in shown(app)
    assert brief_of(app).entries == whole().entries
    assert brief_of(another(app)).mind == whole().mind
    assert another(app).session_state[brief_state.KEPT].unread == {"entries[9]": {"a": 1}}
    assert len(brief_state.briefs().versions(held(app).token)) == 2


def test_a_wrong_file_is_refused_and_nothing_is_lost():
    app = view(filled(), "take")
    for data in (b"", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"kind": "aipm-forms"}'):
        done(app.file_uploader[0].set_value(("brief.json", data, "application/json")).run())
        assert TEXTS.take.refused in shown(app)
        assert brief_of(app).entries == whole().entries


def test_every_file_can_be_made_without_a_session():
    made = story.document(whole(), now=now(whole()))
    assert brief_take._pptx(made, AT)[:2] == brief_take._docx(made, AT)[:2] == b"PK"
    assert b"Clerks read" in brief_take._html(made, AT)
    assert b"Clerks read" in brief_take._markdown(made)


def test_versions_are_compared_and_gone_back_to():
    app = write(opened(), TEXTS.mind.new, "The first.")
    app = write(app, "We would think again if (1)", "The second.")
    app = view(app, "versions")
    assert "Would change our mind: The second." in shown(app)
    assert "Would no longer change our mind: The first." in shown(app)
    app = press(app, "Go back to version 1")
    assert brief_of(app).mind == ("The first.",)
    assert "as version 1" in shown(app)
    assert brief_of(another(app)).mind == ("The first.",)
    assert len(brief_state.briefs().versions(held(app).token)) == 3


def test_the_present_version_gets_a_name_and_keeps_it():
    app = view(filled(), "versions")
    app = write(app, TEXTS.versions.name, "As shown to <b>the board</b>")
    assert "As shown to &lt;b&gt;the board&lt;/b&gt;" in shown(app)
    assert brief_state.briefs().versions(held(app).token)[0].label == "As shown to <b>the board</b>"
    app = write(app, TEXTS.versions.name, "")
    assert brief_state.briefs().versions(held(app).token)[0].label is None


def test_a_link_that_only_reads_shows_the_story_and_nothing_to_change():
    app = view(filled(), "share")
    assert TEXTS.share.elsewhere in html.unescape(shown(app))
    app = press(app, TEXTS.share.make)
    link = next(each.value for each in app.code if "read=" in each.value)
    token = link.partition("read=")[2]
    reader = opened(read=token)
    assert PAIN in shown(reader)
    assert held(reader).token is None
    kinds = [each.type for each in reader.main]
    assert "text_input" not in kinds
    assert "text_area" not in kinds
    assert [each.label for each in reader.main.button] == [TEXTS.read.own]
    app = press(app, TEXTS.share.end)
    assert TEXTS.share.ended in shown(app)
    assert TEXTS.read.refused in shown(opened(read=token))


def test_reading_does_not_touch_the_own_brief():
    token = brief_state.briefs().share(held(filled()).token)
    app = write(opened(), TEXTS.mind.new, "My own.")
    mine = held(app)
    app = at(app, read=token)
    assert PAIN in shown(app)
    assert held(app) == mine
    app = press(app, TEXTS.read.own)
    assert widget(app, "text_input", "We would think again if (1)").value == "My own."


def test_what_was_taken_out_is_not_in_what_readers_get():
    app = press(filled(), "Take out: Use-case mapper, the pain")
    kept = brief_state.briefs().load(brief_state.briefs().share(held(app).token))
    assert PAIN in str(kept.state["history"])
    assert PAIN not in str(brief_read.read(kept.state))


def test_the_link_is_gone_after_one_went_elsewhere():
    app = press(view(filled(), "share"), TEXTS.share.make)
    app = view(view(app, "story"), "share")
    assert not any("read=" in each.value for each in app.code)


def test_deleting_needs_a_second_press_and_is_for_good():
    app = view(filled(), "share")
    token = held(app).token
    assert widget(app, "button", TEXTS.share.delete_button).disabled
    done(widget(app, "checkbox", TEXTS.share.confirm).check().run())
    app = press(app, TEXTS.share.delete_button)
    assert TEXTS.share.deleted in shown(app)
    with pytest.raises(Refusal, match="no brief"):
        brief_state.briefs().load(token)
    assert "could not be opened" in shown(opened(brief=token))


def test_the_worked_example_is_whole_and_touches_nothing():
    told = briefs.chapters(brief_example.example(), now=now(brief_example.example()))
    assert [each.missing for each in told] == [()] * 7
    app = press(opened(), TEXTS.empty.example)
    assert TEXTS.example.said in shown(app)
    assert held(app).token is None
    app = press(app, TEXTS.example.back)
    assert TEXTS.empty.title in shown(app)


def test_memory_only_is_said():
    assert TEXTS.state.memory in shown(opened())
