"""Who is affected, without a browser: proposals taken over, changed, rated, kept, taken into the register."""

from aipm.governance.harms import HarmCanvas, harm_texts
from aipm.governance.register import Register
from aipm.ui.ethics_steps import step_texts
from tests.ui.ethics_forms import HOSTILE, away_and_back, choose, kept, opened, press, shown, widget, write

TEXT = harm_texts()
FIELDS = TEXT.rows["groups"].fields


def begun():
    """A canvas with the proposals for a lender."""
    app = choose(opened("people"), TEXT.fields["purposes"].label, ["credit"])
    return press(app, next(each.label for each in app.button if "Take over these" in each.label))


def test_it_begins_with_one_sentence_and_no_empty_boxes():
    app = opened("people")
    assert TEXT.start in shown(app)
    assert not app.text_area


def test_proposals_for_the_purpose_become_groups_in_one_step():
    app = begun()
    groups = kept(app, "harms").groups
    assert TEXT.starts["applicants"].who in [group.who for group in groups]
    assert TEXT.gaps["nobody_asked"].text in shown(app)
    press(app, "Undo")
    assert kept(app, "harms") == HarmCanvas(purposes=("credit",))


def test_one_proposal_can_be_taken_alone():
    app = choose(opened("people"), TEXT.starts_title, "users")
    assert [group.start for group in kept(app, "harms").groups] == ["users"]
    assert widget(app, "text_input", FIELDS["who"].label).value == TEXT.starts["users"].who


def test_what_is_typed_stays_through_other_pages_and_is_drawn_as_characters():
    app = write(begun(), FIELDS["who"].label, HOSTILE)
    app = choose(app, FIELDS["benefit_level"].label, "high")
    app = choose(app, FIELDS["harm_level"].label, "high")
    assert "<img src=x" not in shown(app)
    assert "&lt;img src=x" in shown(app)
    app = away_and_back(app, "people")
    assert kept(app, "harms").groups[0].who == HOSTILE
    assert widget(app, "text_input", FIELDS["who"].label).value == HOSTILE


def test_the_map_shows_who_is_rated():
    app = begun()
    assert "stakes" not in shown(app)
    app = choose(choose(app, FIELDS["benefit_level"].label, "low"), FIELDS["harm_level"].label, "high")
    assert 'data-harm="Harm: high"' in shown(app)


def test_a_harm_goes_into_the_register_by_one_press_and_back_by_undo():
    app = press(begun(), TEXT.to_register)
    assert kept(app, "register") != Register()
    assert TEXT.in_register in shown(app)
    app = press(app, "Undo")
    assert app.session_state["governance.forms"].forms.get("register", Register()) == Register()
    assert not kept(app, "harms").groups[0].registered


def test_a_group_taken_out_leaves_the_others_as_they_were():
    app = begun()
    before = kept(app, "harms").groups
    app = press(app, TEXT.rows["groups"].remove)
    assert kept(app, "harms").groups == before[1:]


def test_the_way_to_the_first_gap_opens_its_step_and_row():
    app = write(begun(), FIELDS["mitigation"].label, "A clerk looks first", kind="text_area")
    first = kept(app, "harms").groups[0]
    app = choose(app, FIELDS["outside"].label, "yes")
    app = write(app, FIELDS["asked_how"].label, "Six interviews")
    app = press(app, step_texts().gap.format(step=TEXT.steps["groups"].name))
    row = kept(app, "harms").groups[1]
    assert row.id != first.id
    assert widget(app, "text_input", FIELDS["who"].label).value == row.who
