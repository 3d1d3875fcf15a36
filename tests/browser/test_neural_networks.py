"""The Neural networks page as a person uses it: guess, watch the film, change the network, bring a file, share it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import fresh
from tests.browser.test_accessibility import looks, violations

VIEWS = (
    "/neural-networks",
    "/neural-networks?view=lab",
    "/neural-networks?view=lab&layers=8-8-8-8&features=x,y,x2,y2,xy,sinx,siny&epochs=25",
    "/neural-networks?view=learn",
    "/neural-networks?view=limits",
)


def film_of(page):
    return page.locator(".film")


def played(page):
    """Wait until the film has been played."""
    expect(film_of(page).get_by_role("button", name="Play again")).to_be_visible()


def at_the_end(page):
    """Go to the last picture of the film without watching it."""
    film_of(page).get_by_role("slider", name="Epoch").press("End")
    played(page)


def picture(page):
    """The pixels of the decision surface."""
    return page.locator(".film .plane canvas").evaluate("canvas => canvas.toDataURL()")


def test_a_guess_is_followed_by_the_film_of_what_happened(app, visit, ready, watch):
    page = visit(app, "/neural-networks")
    expect(page.get_by_role("img", name=re.compile("200 points"))).to_be_visible()
    assert film_of(page).count() == 0
    page.get_by_role("radio", name="Nearly always").press("Enter")
    ready(page)
    expect(page.get_by_role("status").filter(has_text="Not this time")).to_be_visible()
    played(page)
    page.get_by_role("button", name="Give it a third neuron").click()
    ready(page)
    expect(page).to_have_url(re.compile("view=lab.*layers=3"))
    expect(page.get_by_role("status").filter(has_text="It learned the pattern")).to_be_visible()
    assert watch.complaints == []


def test_the_film_is_played_stopped_and_searched_by_keyboard(app, visit):
    page = visit(app, "/neural-networks?view=lab")
    at_the_end(page)
    last = picture(page)
    slider = film_of(page).get_by_role("slider", name="Epoch")
    slider.focus()
    page.keyboard.press("Home")
    expect(film_of(page).locator("output")).to_have_text("Epoch 0 of 100")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"Epoch 0 of 100\. Right on unseen points \d"))
    first = picture(page)
    assert first != last
    page.keyboard.press("ArrowRight")
    assert picture(page) != first
    page.keyboard.press("End")
    assert picture(page) == last
    button = film_of(page).get_by_role("button")
    button.press("Enter")
    expect(button).to_have_text("Pause")
    button.press("Enter")
    expect(button).to_have_text("Play")


def test_the_numbers_in_the_film_are_those_of_the_answer(app, visit):
    page = visit(app, "/neural-networks?view=lab&noise=30")
    at_the_end(page)
    said = page.locator("[data-testid=stMain] .answer").inner_text()
    for value in film_of(page).locator("dd").all_inner_texts()[:2]:
        assert value in said


def test_what_a_neuron_sees_is_shown_large(app, visit):
    page = visit(app, "/neural-networks?view=lab")
    at_the_end(page)
    whole = picture(page)
    film_of(page).get_by_role("combobox", name="Show").select_option("neuron 2 of layer 1")
    assert picture(page) != whole
    page.locator(".film .net canvas").click(position={"x": 5, "y": 5})  # beside every neuron: nothing changes
    assert film_of(page).get_by_role("combobox").input_value() == "1"
    film_of(page).get_by_role("checkbox").uncheck()
    assert picture(page) != whole


def test_changing_the_network_trains_it_again_and_the_address_can_be_shared(app, visit, ready, watch):
    page = visit(app, "/neural-networks?view=lab")
    page.get_by_role("radio", name="Spiral").click()
    ready(page)
    expect(page).to_have_url(re.compile("data=spiral"))
    page.get_by_role("tab", name="Network").click()
    page.get_by_role("button", name="sin x", exact=True).click()
    ready(page)
    expect(page).to_have_url(re.compile("features=x"))
    at_the_end(page)
    accuracy = film_of(page).locator("dd").nth(1).inner_text()
    other = visit(app, page.url.removeprefix(app.url))
    at_the_end(other)
    assert film_of(other).locator("dd").nth(1).inner_text() == accuracy
    page.go_back()
    page.go_back()
    expect(page).not_to_have_url(re.compile("data=spiral"))
    assert watch.complaints == []


def test_an_own_file_never_reaches_the_address_and_draws_no_markup(app, visit, ready, watch):
    rows = "".join(f"{each % 17},{each * 3 % 50},{'<b>yes</b>' if each % 17 > 8 else 'no'}\n" for each in range(90))
    page = visit(app, "/neural-networks?view=lab&data=own")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": ("a,b,c\n" + rows).encode()}
    )
    at_the_end(page)
    ready(page)
    expect(film_of(page)).to_contain_text("<b>yes</b>")
    assert page.locator(".film b").count() == 0
    assert page.url.endswith("?view=lab&data=own")
    assert watch.complaints == []


def test_whoever_asks_for_less_motion_sees_the_last_picture(app, browser):
    page = fresh(browser, reduced_motion="reduce")
    page.goto(app.url + "/neural-networks?view=lab")
    expect(film_of(page).locator("output")).to_have_text("Epoch 100 of 100")
    page.context.close()


def test_nothing_serious_in_what_is_opened_and_after_a_guess(app, visit, ready):
    page = visit(app, "/neural-networks?guess=labels")
    page.get_by_role("radio", name="Around 50%").press("Enter")
    ready(page)
    at_the_end(page)
    for look in looks(page, ("light", 1280), ("dark", 1280)):
        assert violations(page) == [], look
    page = visit(app, "/neural-networks?view=lab&penalty=l2")
    at_the_end(page)
    page.get_by_text("The weights").click()
    expect(page.get_by_text("This network consists of 25 numbers")).to_be_visible()
    for look in looks(page, ("light", 1280), ("dark", 1280)):
        assert violations(page) == [], look


@pytest.mark.parametrize("path", VIEWS)
def test_nothing_serious_and_nothing_over_the_edge(app, visit, path):
    page = visit(app, path)
    if "view=lab" in path:
        at_the_end(page)
    for look in looks(page):
        assert violations(page) == [], look
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth"), look
