"""Opening a room, finding it again, its links and its end, without a browser."""

from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from aipm.tables import Refusal
from aipm.ui import brief_state, room_state, workshop_start
from aipm.ui.registry import FILES
from aipm.ui.state import SHOWN
from aipm.ui.workshop_links_address import Base, square_code
from aipm.ui.workshop_start import sheet
from aipm.ui.workshop_texts import page_texts
from aipm.workshop import rooms
from aipm.workshop.codes import shown as spelled
from aipm.workshop.snapshot import snapshot
from aipm.workshop.templates import templates
from tests.ui.ethics_forms import HOSTILE, ROOT, done, press, shown, widget, write

TEXT = page_texts()


@pytest.fixture
def app():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.run()
    app.switch_page(FILES["workshop"])
    return done(app.run())


def address(app):
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


def start(app):
    """Back at the start, in the same session, as the browser leads back."""
    return come(app, after="workshop")


def from_elsewhere(app):
    """Back on the page from another one, by the link beside it."""
    return come(app, after="model_scorer")


def come(app, *, after):
    """To the bare address of the page; `after`: what was seen last, which the shell writes down in a real visit."""
    app.session_state[SHOWN] = after
    app.query_params.clear()
    return done(app.run())


def opened(app, **more):
    """A room opened on the page; its address. The facilitator's page itself is tested elsewhere."""
    for label, text in more.items():
        app = write(app, getattr(TEXT.start, label), text)
    next(each for each in app.button if each.label == TEXT.start.open).click().run()
    return address(app)


def view(found):
    return snapshot(room_state.database(), found["room"], found["host"])


def test_the_button_opens_a_room_and_goes_into_it_with_all_its_tokens(app):
    found = opened(app, name="Claims handling")
    assert set(found) >= {"room", "host", "screen"}
    assert view(found).title == "Claims handling"
    assert rooms.who(room_state.database(), found["room"], found["screen"]).role == "presenter"


def test_the_template_that_is_chosen_is_the_one_that_is_opened(app):
    app = done(app.radio[0].set_value("premortem_only").run())
    assert address(app)["template"] == "premortem_only"
    assert "It failed. Why?" in shown(app)
    found = opened(app)
    assert "template" not in found
    assert (view(found).template, view(found).title) == ("premortem_only", templates()["premortem_only"].title)


def test_a_room_is_kept_for_as_long_as_was_asked(app):
    app = done(app.number_input[0].set_value(3).run())
    held = view(opened(app))
    assert (held.expires - room_state.database().now()).days in {2, 3}


@pytest.mark.parametrize("key", list(templates()))
def test_the_run_sheet_says_every_phase_from_its_first_minute_to_its_last(key):
    template = templates()[key]
    told = sheet(template)
    assert told.count("<li>") == len(template.phases)
    assert TEXT.start.minute.format(start=0, end=template.phases[0].minutes) in told
    assert f"{template.minutes} min</span>" in told
    assert all(phase.words not in told for phase in template.phases)


def test_rooms_of_this_session_are_listed_with_the_way_back(app):
    found = opened(app, name=HOSTILE[:60])
    app = start(app)
    assert "<img src=x" not in shown(app)
    assert "&lt;img src=x" in shown(app)
    assert TEXT.mine.nobody in shown(app)
    label = TEXT.mine.back.format(code=spelled(found["room"]))
    next(each for each in app.button if each.label == label).click().run()
    assert address(app) == found


def test_from_a_tool_it_is_one_press_back_into_the_room_that_is_led(app):
    found = opened(app)
    assert address(from_elsewhere(app)) == found
    assert TEXT.mine.title in shown(start(app))


def test_a_room_that_was_deleted_is_listed_no_more(app):
    found = opened(app)
    rooms.delete(room_state.database(), found["room"], found["host"])
    assert TEXT.mine.title not in shown(start(app))


def test_too_many_rooms_from_one_place_are_refused_in_words(app, monkeypatch):
    monkeypatch.setattr(brief_state, "origin", lambda: "one place")
    monkeypatch.setattr(workshop_start, "NEW_ROOMS", 1)
    assert "room" in opened(app)
    app = start(app)
    assert "room" not in opened(app)
    assert "too many attempts" in shown(app)


def follow(app, link):
    app = write(app, TEXT.link.field, link)
    next(each for each in app.button if each.label == TEXT.link.go).click().run()
    return address(app)


def test_a_pasted_link_leads_into_its_room_and_does_not_stay_in_the_field(app):
    made = rooms.create(room_state.database(), "ninety")
    found = follow(app, f"https://x.example/aipm/workshop?room={made.code}&host={made.facilitator}&screen=abc")
    assert found == {"room": made.code, "host": made.facilitator, "screen": "abc"}
    assert widget(start(app), "text_input", TEXT.link.field).value == ""


def test_no_other_link_leads_a_room(app):
    made = rooms.create(room_state.database(), "ninety")
    joined = rooms.join(room_state.database(), made.code, address="test")
    for link in (
        *("", "not a link", "https://[x", f"x?room={made.code}"),
        f"x?room={made.code}&host={joined.token}",
        f"x?room={made.code}&host={made.presenter}",
        f"x?room={made.code}&host=wrong",
    ):
        app = start(app)
        assert "room" not in follow(app, link), link
        assert 'role="alert"' in shown(app), link


# The links of a room


def links(code, token, screen):
    """A page with nothing but the links of a room."""
    import streamlit as st

    from aipm.ui import workshop_links
    from aipm.ui.room_state import Seat

    if screen:
        st.query_params["screen"] = screen
    seat = Seat(code=code, token=token)
    if code in st.session_state.get("gone", ()):
        return
    workshop_links.draw(seat, seat.view())


@pytest.fixture
def made():
    return rooms.create(room_state.database(), "ninety")


def drawn(made, *, screen=True):
    arguments = {"code": made.code, "token": made.facilitator, "screen": made.presenter if screen else None}
    return done(AppTest.from_function(links, default_timeout=300, kwargs=arguments).run())


def test_the_facilitator_s_link_is_drawn_only_when_it_is_asked_for(made):
    app = drawn(made)
    assert [parse_qs(urlsplit(each.value).query) for each in app.code] == [
        {"room": [made.code]},
        {"room": [made.code], "screen": [made.presenter]},
    ]
    assert made.facilitator not in shown(app)
    app = done(app.toggle[0].set_value(True).run())
    assert parse_qs(urlsplit(app.code[2].value).query) == {
        "room": [made.code],
        "host": [made.facilitator],
        "screen": [made.presenter],
    }


def test_without_the_token_of_the_big_screen_its_place_says_where_it_is(made):
    app = drawn(made, screen=False)
    assert len(app.code) == 1
    assert "was told once" in shown(app)


def test_a_room_can_be_kept_longer(made):
    app = drawn(made)
    app.number_input[0].set_value(200).run()
    press(app, TEXT.links.keep)
    held = snapshot(room_state.database(), made.code, made.facilitator)
    assert (held.expires - room_state.database().now()).days in {199, 200}


def test_a_room_is_deleted_for_good_only_after_one_says_so(made):
    app = drawn(made)
    button = next(each for each in app.button if each.label == TEXT.links.delete)
    assert button.disabled
    app = done(app.checkbox[0].set_value(True).run())
    next(each for each in app.button if each.label == TEXT.links.delete).click().run()
    with pytest.raises(Refusal):
        rooms.versions(room_state.database(), made.code)


@pytest.mark.parametrize(
    ("url", "shown_as", "local"),
    [
        ("http://localhost:8501", "localhost:8501/room", True),
        ("http://127.0.0.1:8501", "127.0.0.1:8501/room", True),
        ("http://[::1]:8501", "[::1]:8501/room", True),
        ("http://192.168.1.7:8501", "192.168.1.7:8501/room", False),
        ("https://x.example/aipm", "x.example/aipm/room", False),
    ],
)
def test_addresses_go_by_what_the_browser_came_by(url, shown_as, local):
    here = Base(url=url)
    assert (here.shown, here.local) == (shown_as, local)
    assert here.join("DHJKMN") == f"{url}/room?room=DHJKMN"


def test_where_the_address_is_not_known_links_are_relative():
    assert Base(url="").join("DHJKMN") == "room?room=DHJKMN"


def test_the_square_code_is_an_image_without_anything_to_fetch():
    image = square_code("https://x.example/room?room=DHJKMN")
    assert image.startswith("data:image/svg+xml")
    assert "http://www.w3.org/2000/svg" in image.replace("%2F", "/").replace("%3A", ":")
    assert "<script" not in image
