"""The samples on the page: the deeper parts of the audit say of them what their description promises."""

from aipm.fairness.strata_texts import like_texts
from tests.ui.audit_app import done, opened, said


def alike_in(app, column):
    choice = like_texts().choose.factors.label
    done(next(each for each in app.multiselect if each.label == choice).set_value([column]).run())
    return said(app)


def offers_the_example(app):
    return like_texts().example.label in [each.label for each in app.toggle]


def test_admissions_are_turned_round_within_departments():
    text = alike_in(opened("admissions", "like"), "department")
    assert "it is the other way round: 43.0% of people with sex = women are selected, against 38.7%" in text


def test_what_is_open_already_is_not_offered_as_an_example():
    assert not offers_the_example(opened("admissions", "like"))
    assert offers_the_example(opened("loans", "like"))


def test_the_gap_of_flats_is_explained_by_the_district():
    text = alike_in(opened("flats", "like"), "district")
    assert "Among people alike in district that gap is gone" in text


def test_flats_are_worst_for_the_young_of_one_district():
    assert "Worst: 9.8% of people with age = under 30 and district = Harbour are selected" in said(
        opened("flats", "worst")
    )
