"""A press is done even if the next one comes before its run has begun."""

from playwright.sync_api import expect

QUICK = """async (pauses) => {
  const named = (name) => [...document.querySelectorAll("button")].find((each) => each.innerText === name);
  for (const pause of pauses) {
    for (const name of ["first", "second"]) {
      named(name).click();
      await new Promise((later) => setTimeout(later, pause));
    }
    await new Promise((later) => setTimeout(later, 200));
  }
}"""


def test_two_presses_in_quick_succession_are_both_done(scenes, visit, ready):
    page = visit(scenes, "/?scene=quick")
    pauses = [*range(1, 31)]  # milliseconds: some come while the callback of the press before runs
    page.evaluate(QUICK, pauses)
    ready(page)
    expect(page.get_by_text(f"{len(pauses)} and {len(pauses)}")).to_be_visible()
