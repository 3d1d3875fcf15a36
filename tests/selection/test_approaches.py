"""Which approach? Rules that speak, what they rule out, and a baseline whatever is answered."""

from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm import content
from aipm.mapping.capabilities import KEYS
from aipm.selection import families
from aipm.selection.approaches import Spec, recommend, standing
from aipm.selection.families import ANSWERS, approach_texts
from aipm.tables import Refusal

SPECS = st.builds(Spec, **{question: st.sampled_from(answers) for question, answers in ANSWERS.items()})


@cache
def able(capability, data):
    return tuple(key for key, family in approach_texts().families.items() if family.can(capability, data))


def everywhere(found):
    return (*found.shortlist, *found.possible, *found.ruled_out)


def keys(approaches):
    return [each.key for each in approaches]


def rules_of(recommendation, key):
    return [reason.id for each in everywhere(recommendation) if each.key == key for reason in each.reasons]


def test_everything_that_can_be_answered_has_a_baseline_and_every_family_one_place():
    said, spoken, listed = approach_texts(), set(), set()
    for answers in product(*ANSWERS.values()):
        spec = Spec(**dict(zip(ANSWERS, answers, strict=True)))
        now = standing(spec)
        places = [*now.listed, *now.possible, *now.ruled_out]
        assert now.baseline in ("no_ai", "rules", "statistics")
        assert now.baseline not in places
        assert len(places) == len(set(places))
        assert {now.baseline, *places} == set(able(spec.capability, spec.data))
        listed.update(now.listed)
        for part in (now.support, now.against, now.ruled_out):
            spoken.update(*part.values())
    assert spoken == set(said.rules), "a rule that never speaks"
    assert set(said.families) - listed == {"no_ai"}, "a family that is never on a shortlist"


@given(SPECS)
def test_the_baseline_is_first_and_everything_has_its_reasons(spec):
    found = recommend(spec)
    assert found.shortlist[0].key == found.baseline.key
    assert found.shortlist[0].reasons[0].id == "baseline"
    assert all(each.reasons for each in (*found.shortlist, *found.ruled_out))
    assert all(each.points > 0 for each in found.shortlist[1:])
    assert [each.points for each in found.shortlist[1:]] == sorted(
        (each.points for each in found.shortlist[1:]), reverse=True
    )
    assert found == recommend(spec)
    assert Spec.from_dict(spec.to_dict()) == spec


@given(SPECS, st.data())
def test_what_would_change_is_what_changes(spec, data):
    found = recommend(spec)
    moved = [(each, change) for each in everywhere(found) for change in each.changes]
    if moved:
        each, change = data.draw(st.sampled_from(moved))
        then = recommend(replace(spec, **{change.question: change.answer}))
        assert change.becomes != each.place
        assert {one.key: one.place for one in everywhere(then)}[each.key] == change.becomes


@given(SPECS)
def test_a_language_model_is_for_language_or_for_texts_with_few_labels(spec):
    if "decoder" in standing(spec).listed:
        assert spec.data == "text"
        assert spec.capability == "creation" or spec.labels != "many"


@given(SPECS)
def test_where_the_whole_logic_must_be_open_only_open_models_are_left(spec):
    listed = standing(replace(spec, explainability="full")).listed
    assert not {"gradient_boosting", "random_forest", "embeddings", "cnn", "encoder", "decoder", "diffusion"} & set(
        listed
    )


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ({"capability": "classification", "data": "tabular", "labels": "many"}, "gradient_boosting"),
        ({"capability": "classification", "data": "tabular", "labels": "many", "rows": "under_1k"}, "linear"),
        ({"capability": "classification", "data": "tabular", "labels": "none"}, None),
        ({"capability": "classification", "data": "text", "labels": "none"}, "decoder"),
        ({"capability": "classification", "data": "text", "labels": "few"}, "embeddings"),
        ({"capability": "classification", "data": "text", "labels": "many"}, "encoder"),
        ({"capability": "classification", "data": "image", "labels": "many"}, "cnn"),
        ({"capability": "regression", "data": "time_series", "rows": "under_1k"}, "classical_forecast"),
        ({"capability": "regression", "data": "time_series", "rows": "more"}, "boosted_forecast"),
        ({"capability": "clustering", "data": "tabular"}, "k_means"),
        ({"capability": "clustering", "data": "tabular", "rows": "under_50"}, "hierarchical"),
        ({"capability": "clustering", "data": "text", "labels": "none"}, "embeddings"),
        ({"capability": "anomalies", "data": "tabular", "labels": "none"}, "isolation_forest"),
        ({"capability": "anomalies", "data": "tabular", "labels": "many"}, "gradient_boosting"),
        ({"capability": "anomalies", "data": "time_series", "labels": "none"}, "classical_forecast"),
        ({"capability": "rankings", "data": "text", "labels": "none"}, "word_matching"),
        ({"capability": "recommendations", "data": "interactions"}, "nearest_neighbours"),
        ({"capability": "creation", "data": "text"}, "decoder"),
        ({"capability": "creation", "data": "image"}, "diffusion"),
        ({"capability": "creation", "data": "text", "latency": "realtime"}, None),
        ({"capability": "creation", "data": "text", "skills": "none"}, "decoder"),
    ],
)
def test_familiar_cases(answers, first):
    assert recommend(Spec(**answers)).first == first


def test_reasons_carry_their_source_and_its_grade():
    found = recommend(Spec(capability="classification", data="tabular", labels="many"))
    reason = next(each for each in found.shortlist if each.key == "gradient_boosting").reasons[0]
    assert reason.id == "trees_on_tables"
    assert "ten thousand rows" in reason.text
    assert (reason.source.grade, reason.source.url) == ("B", "https://arxiv.org/abs/2207.08815")


def test_what_is_ruled_out_says_why_and_what_would_bring_it_back():
    found = recommend(Spec(capability="classification", data="tabular", labels="none"))
    assert {"linear", "gradient_boosting", "svm"} <= set(keys(found.ruled_out))
    assert rules_of(found, "linear") == ["no_outcomes"]
    linear = next(each for each in found.ruled_out if each.key == "linear")
    assert {(each.question, each.answer, each.becomes) for each in linear.changes} == {
        ("labels", "few", "first"),
        ("labels", "many", "listed"),
    }


def test_large_tables_rule_out_what_compares_every_pair_and_support_vectors():
    labels = recommend(Spec(capability="classification", data="tabular", labels="many", rows="more"))
    assert rules_of(labels, "svm") == ["svm_grows"]
    groups = recommend(Spec(capability="clustering", data="tabular", rows="more"))
    assert rules_of(groups, "hierarchical") == ["every_pair"]


def test_decisions_about_people_prefer_open_models():
    usual = Spec(capability="classification", data="tabular", labels="many")
    before, after = (standing(each).points for each in (usual, replace(usual, regulated="yes")))
    assert after["linear"] > before["linear"]
    assert after["decision_tree"] > before["decision_tree"]
    assert after["gradient_boosting"] == before["gradient_boosting"]


def test_baselines_differ_by_what_should_come_out():
    assert "most popular" in recommend(Spec(capability="recommendations", data="interactions")).baseline.text
    assert "last week or last year" in recommend(Spec(capability="regression", data="time_series")).baseline.text
    assert "template" in recommend(Spec(capability="creation", data="text")).baseline.text


def test_the_capabilities_are_those_of_the_mapper():
    assert ANSWERS["capability"] == KEYS


@pytest.mark.parametrize(
    "plain",
    [
        None,
        {"capability": "creation"},
        {"capability": "creation", "data": "smell"},
        {"capability": "creation", "data": "text", "rows": ["more"]},
        {"capability": "creation", "data": "text", "colour": "blue"},
    ],
)
def test_other_answers_are_refused(plain):
    with pytest.raises(Refusal, match="which approach"):
        Spec.from_dict(plain)


@pytest.mark.parametrize(
    ("family", "said"),
    [
        ("gan", ["generator", "discriminator", "pictures", "style"]),
        ("vae", ["hidden numbers", "missing values", "picture"]),
        ("flow", ["both ways", "how likely", "pictures"]),
        ("autoregressive", ["element by element", "Series", "Language models"]),
        ("diffusion", ["noise", "video"]),
        ("encoder", ["both directions", "does not write freely"]),
        ("decoder", ["writes piece by piece"]),
        ("encoder_decoder", ["Translation", "Summaries"]),
    ],
)
def test_cards_say_what_a_family_is(family, said):
    card = str(approach_texts().families[family])
    assert [each for each in said if each not in card] == []


def test_the_guide_goes_through_training_and_says_where_measures_mislead():
    guide = approach_texts().guide
    assert [step.key for step in guide.training] == [
        "preprocessing",
        "architecture",
        "hyperparameters",
        "training",
        "evaluation",
        "fine_tuning",
    ]
    setting = guide.training[2].text
    assert all(each in setting for each in ("learning rate", "batch size", "epochs"))
    assert "gradient descent" in guide.training[3].text
    limits = {measure.name: measure.limit for measure in guide.measures}
    assert "does not judge pictures" in limits["Mean squared error (MSE)"]
    assert "different tokenizers" in limits["Perplexity"]


def test_the_guide_says_what_to_weigh_in_any_model_and_in_a_language_model():
    guide = approach_texts().guide
    assert {"What should come out", "What the data are like", "What there is to compute with"} <= {
        each.name for each in guide.factors
    }
    told = {each.name: each.text for each in guide.language_models}
    assert len(told) == 9
    assert "reasons" in told["Speed against precision"]
    assert all(each in told["Cost"] for each in ("quantisation", "rented", "operation"))
    assert "Licence and commercial use" in told
    assert [axis.name for axis in guide.axes.list] == ["Stage of training", "Architecture", "Modality"]


def test_a_rule_for_an_unknown_family_stops_at_load(monkeypatch, tmp_path):
    text = (content.FOLDER / "approaches.yaml").read_text(encoding="utf-8")
    (tmp_path / "approaches.yaml").write_text(text.replace("out: [svm]", "out: [crystal_ball]"), encoding="utf-8")
    monkeypatch.setattr(content, "FOLDER", tmp_path)
    monkeypatch.setattr(content, "load", content.load.__wrapped__)
    with pytest.raises(content.ContentError, match=r"rules\.svm_grows: 'crystal_ball' is no family"):
        families.approach_texts.__wrapped__()
