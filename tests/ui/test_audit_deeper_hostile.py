"""The deeper parts of the audit while files and groups change under them: no choice is passed on to what it is not."""

import pytest
from streamlit.testing.v1 import AppTest

from aipm.ui.audit_deeper import PARTS
from aipm.ui.glossary import SWITCH
from aipm.ui.registry import FILES
from aipm.ui.state import key
from aipm.ui.upload import Source
from tests.ui.audit_app import ROOT, done

PEOPLE = "sex,race,unit,hired\n" + "".join(
    f"{'fm'[k % 2]},{('Aven', 'Borel', 'Unknown')[k % 3]},{('x', 'y', 'Unknown')[k // 2 % 3]},{k * k % 7 % 2}\n"
    for k in range(200)
)
ODD = {
    "one row": b"sex,race,score,hired\nf,,0.5,1\n",
    "markup": b"<b>g</b>,:red[x],hired\n" + b"<script>alert(1)</script>,**A**,1\n=1+1,nan,0\n" * 40,
    "scores without end": b"sex,score,label\n" + b"f,1e308,1\nm,inf,0\n,0.2,1\nf,0.4,0\n" * 20,
    "nothing but a heading": b"sex,race,hired\n",
    "no table at all": b"\x00\xff\xfe" * 50,
}


def opened(content, part, name="people.csv"):
    """A person's own file with one of the parts open."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.session_state[SWITCH] = False
    app.session_state[key("bias_audit", "deeper")] = part
    app.run()
    app.switch_page(FILES["bias_audit"])
    return done(changed(app, content, name))


def changed(app, content, name):
    app.session_state[key("bias_audit", "source")] = Source(name, content)
    return app.run()


def field(app, name):
    """The one widget whose name ends so, or has it before what it is about."""
    (found,) = (each for each in [*app.multiselect, *app.selectbox, *app.button_group] if name in (each.key or ""))
    return found


@pytest.mark.parametrize("part", PARTS)
def test_other_files_open_while_a_part_is_open(part):
    app = opened(PEOPLE.encode(), part)
    for name, content in ODD.items():
        changed(app, content, f"{name}.csv")
        assert not app.exception
        assert not any("<script" in each.proto.body for each in app.get("html"))
    done(changed(app, PEOPLE.encode(), "people.csv"))


@pytest.mark.parametrize("part", PARTS)
def test_groups_are_taken_away_while_a_part_shows_them(part):
    app = opened(PEOPLE.encode(), part)
    for groups in (["sex", "race", "unit"], ["race", "unit"], ["unit"], [], ["unit", "sex"]):
        field(app, ".groups").set_value(groups).run()
        assert not app.exception


def test_what_stands_for_nobody_knows_is_asked_anew_for_every_column():
    app = opened(PEOPLE.encode(), "law")
    field(app, ".groups").set_value(["race", "sex"]).run()
    field(app, "law.rule").set_value("nyc").run()
    assert field(app, "law.unknown").value == [("race", "Unknown")]
    field(app, "law.unknown").set_value([]).run()
    field(app, ".groups").set_value(["unit", "sex"]).run()
    done(field(app, "law.race").set_value("unit").run())
    assert field(app, "law.unknown").value == [("unit", "Unknown")]


def test_a_population_stays_with_the_column_that_it_was_typed_for():
    app = opened(PEOPLE.encode(), "alone")
    field(app, ".groups").set_value(["sex", "race"]).run()
    for name, share in (("f", 40.0), ("m", 60.0)):
        (typed,) = (each for each in app.number_input if each.label.endswith(name))
        typed.set_value(share).run()
    field(app, ".groups").set_value(["race"]).run()
    assert [each.value for each in app.number_input if ".share." in (each.key or "")] == [None] * 3


def test_columns_that_begin_alike_are_not_taken_for_one_another():
    asked = "Which of these words describes you best as far as you would like to say so in this survey: "
    rows = "".join(f"{'fm'[k % 2]},{'xyz'[k % 3]},{k % 2}\n" for k in range(90))
    app = opened(f"{asked}(one),{asked}(two),hired\n{rows}".encode(), "law")
    for end in ("(one)", "(two)"):
        done(field(app, ".groups").set_value([asked + end]).run())
        assert field(app, ".groups").value == [asked + end]
        assert any(end in each.proto.body for each in app.get("html"))
