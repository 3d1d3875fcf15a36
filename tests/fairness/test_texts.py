"""Every metric, verdict, reason and warning has its words; the words fit; and they are said carefully."""

import ast
import itertools
import re
from pathlib import Path

import pytest

import aipm.content
import aipm.fairness
from aipm.content import ContentError
from aipm.fairness.metrics import METRICS, OVERALL, RATES
from aipm.fairness.result import Comparison
from aipm.fairness.samples import generate, samples
from aipm.fairness.spec import AuditSpec
from aipm.fairness.texts import (
    formatted,
    metrics_of,
    people,
    short,
    texts,
    unanswered,
    verdict,
    warning,
)
from aipm.fairness.verdicts import QUESTIONS
from aipm.fairness.vocabulary import Sentences, fields
from tests.fairness.build import audited, table

ENGINE = Path(aipm.fairness.__file__).parent
KINDS = ("gap", "within_tolerance", "inconclusive", "not_computable")
FAVOURABLE = ("positive", "negative")


def compared(group, *, value=0.312, beside=0.456, low=0.61, high=0.76, reason=None, more_rows=None):
    ratio = value / beside if beside else None
    return Comparison(
        metric="selection_rate",
        group=(("sex", group),),
        reference=(("sex", "male"),),
        difference=value - beside,
        ratio=ratio,
        low=low,
        high=high,
        difference_low=None,
        difference_high=None,
        p_value=0.001,
        p_adjusted=0.01,
        verdict="gap",
        reason=reason,
        more_rows=more_rows,
    )


def said(kind, *about, question="who_selected", metric="selection_rate", **choices):
    return verdict(question, kind, metric, about, ("sex",), AuditSpec(groups=("sex",), **choices))


def test_every_metric_has_its_text_and_no_text_is_left_over():
    assert set(texts().metrics) == {*METRICS, *OVERALL}


def test_what_can_carry_a_verdict_has_a_sentence():
    for name in (*(rate.name for rate in RATES), "scoring_rate", "mean_score"):
        assert texts().metrics[name].subject is not None, name
        assert texts().metrics[name].finding is not None, name


def test_the_questions_are_those_the_engine_answers():
    assert set(QUESTIONS) <= set(texts().questions)


def constants_in_calls(name):
    """Text constants that the engine's code passes as `code=` to a call of this name."""
    for path in ENGINE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                for word in node.keywords:
                    if word.arg == "code" and isinstance(word.value, ast.Constant):
                        yield word.value.value


def test_every_warning_the_engine_can_give_has_its_text():
    found = set(constants_in_calls("Oddity"))
    assert {"missing_group", "base_rates_differ", "threshold_default"} <= found
    assert found <= set(texts().warnings)
    assert {"missing_label", "missing_prediction", "score_comma", "score_percent"} <= set(texts().warnings)


def test_no_warning_or_reason_is_written_for_nobody():
    code = "".join(path.read_text() for path in ENGINE.glob("*.py"))
    made = {"missing_label", "missing_prediction", "score_comma", "score_percent"}  # put together from parts
    for said in (texts().warnings, texts().reasons, texts().unanswered):
        assert [name for name in said if f'"{name}"' not in code and name not in made] == []


def test_every_reason_and_every_unanswered_question_of_real_audits_has_its_text():
    odd = {"sex": ["a"] * 40 + ["b"] * 5 + ["c"] * 3, "yes": ["1", "0"] * 20 + ["0"] * 8, "no": ["0"] * 40 + ["1"] * 8}
    results = [
        audited(table(columns(name)), **{field: getattr(each.spec, field) for field in each.spec.__slots__})
        for name, each in samples().items()
    ]
    results += [audited(odd, groups=("sex",)), audited(odd, groups=("sex",), label="yes", prediction="no")]
    for result in results:
        reasons = {e.reason for each in result.groups for e in each.metrics.values()}
        reasons |= {each.reason for each in result.comparisons}
        assert reasons - {None} <= set(texts().reasons)
        assert set(result.unanswered) <= set(texts().unanswered)
        assert {each.code for each in result.warnings} <= set(texts().warnings)


def columns(name):
    head, *rows = (line.split(",") for line in generate(name).decode().splitlines())
    return dict(zip(head, zip(*rows, strict=True), strict=True))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("favourable", FAVOURABLE)
def test_every_verdict_reads_as_sentences(kind, favourable):
    shapes = (
        [],
        [compared("female")],
        [compared("female"), compared(None, reason="too_few_rows"), compared("x", value=0.4)],
        [compared("female", value=0.6, low=1.1, high=1.5, more_rows=1200)],
        [compared("female", value=0.456, low=0.9, high=1.1)],
        [compared("female", beside=0.0, low=None, high=None)],
        [compared("{group}", low=None, high=None)],
        [compared("female", reason="too_few_rows")],
    )
    for about, question, worse in itertools.product(shapes, QUESTIONS, (None, "false_positive", "false_negative")):
        for metric in texts().questions[question].metrics:
            text = said(kind, *about, question=question, metric=metric, favourable=favourable, worse_error=worse)
            assert text.endswith(".")
            assert text[0].isupper()
            assert not re.search(r"\{(?!group\})|None|nan|  |\.\.", text), text
            assert not re.search(r"illegal|unlawful|discriminat|compliant", text, re.IGNORECASE)


def test_a_gap_says_both_rates_the_ratio_its_interval_the_rule_and_whom_it_falls_on():
    text = said("gap", compared("female"), compared("x", value=0.3))
    for part in ("31.2%", "45.6%", "0.68", "0.61 to 0.76", "four-fifths flag", "beyond chance", "also shows for x"):
        assert part in text
    assert text.count("falls on people with sex = female") == 1


def test_the_four_fifths_flag_is_for_selection_that_is_good_for_the_person_and_for_no_other_tolerance():
    assert "four-fifths" not in said("gap", compared("female"), favourable="negative")
    assert "four-fifths" not in said("gap", compared("female"), tolerance=0.9)
    assert "four-fifths" not in said("gap", compared("f"), metric="false_negative_rate", question="who_wrong")


def test_where_a_yes_is_bad_the_disadvantage_turns_round():
    assert "falls on people with sex = male" in said("gap", compared("female"), favourable="negative")
    worse = compared("female", value=0.5, beside=0.2, low=2.0, high=3.0)
    assert "falls on people with sex = female" in said("gap", worse, favourable="negative")


def test_an_open_question_says_what_would_settle_it_and_is_no_pass():
    text = said("inconclusive", compared("female", low=0.5, high=1.1, more_rows=1234))
    assert "cannot settle" in text
    assert "About 1,234 more rows of people with sex = female" in text
    assert "not a pass" in texts().verdicts["inconclusive"].means


def test_a_ratio_just_under_the_edge_is_not_rounded_onto_it():
    text = said("gap", compared("female", value=0.3988, beside=0.5, low=0.7, high=0.7999))
    assert "ratio of 0.798 (95% interval 0.70 to 0.800)" in text


def test_the_error_that_hurts_the_person_comes_first_unless_she_says_otherwise():
    def first(**choices):
        return metrics_of("who_wrong", AuditSpec(groups=("sex",), **choices))[0]

    assert first(favourable="positive") == "false_negative_rate"
    assert first(favourable="negative") == "false_positive_rate"
    assert first(favourable="positive", worse_error="false_positive") == "false_positive_rate"


def test_groups_have_a_name_in_a_sentence_and_a_short_one():
    both = (("sex", "female"), ("region", None))
    assert people(both) == "people with sex = female and no region recorded"
    assert people(()) == "all people"
    assert (short(both), short(())) == ("female · (missing)", "Everyone")
    assert len(short((("sex", "x" * 1000),))) == 60


def test_numbers_are_written_as_their_unit_is():
    assert formatted("count", 1234.0) == "1,234"
    assert formatted("precision", 0.123) == "12.3%"
    assert formatted("auc", 0.8) == "0.800"
    assert formatted("auc", None) == "–"


def test_warnings_count_in_the_singular_too_and_hold_no_number_without_a_count():
    assert "(1 row)." in warning("missing_group", 1)
    assert "(1,200 rows)." in warning("missing_group", 1200)
    for code in texts().warnings:
        assert not re.search(r"\(\d", warning(code))
        assert not re.search(r"\{|  ", warning(code, 5))


def test_every_template_names_only_what_it_can_be_given():
    given = {
        *("finding", "ratio", "low", "high", "difference", "floor", "ceiling", "group", "reference", "more_rows"),
        *("worse_off", "others", "threshold", "columns", "text", "conditions", "column", "value", "shown", "more"),
        *("largest", "largest_rows", "largest_share", "smallest", "smallest_rows", "smallest_share", "rows"),
        *("reference_value", "subject", "subject_lower", "name"),
    }
    for name in Sentences.__slots__:
        template = getattr(texts().sentences, name)
        if isinstance(template, str):
            assert fields(template) <= given, name
    for each in texts().verdicts.values():
        assert fields(each.summary) <= given


def test_what_cannot_be_answered_is_said_once():
    titles = [each.title for each in unanswered(("no_label", "no_prediction", "no_score"))]
    assert titles[0] == texts().unanswered["neither"].title
    assert titles[1] == texts().unanswered["no_score"].title
    assert titles[2:] == [each.title for each in texts().never_answered]
    assert len(unanswered(("no_label",))) == 1 + len(texts().never_answered)
    assert unanswered(()) == texts().never_answered


def test_laws_say_what_was_checked_and_when():
    assert texts().as_of == "November 2026"
    for law in texts().laws:
        assert re.search(r"not checked|not read|not an independent audit", law.state), law.name
    assert "not legal advice" in texts().disclaimer


def test_every_source_is_cited_and_has_a_secure_address():
    said_of = texts()
    cited = {each.source for each in said_of.metrics.values()} | {law.source for law in said_of.laws}
    cited |= {*said_of.method_sources, said_of.suppression.source}
    assert cited == set(said_of.sources)
    assert all(source.link.startswith("https://") for source in said_of.sources.values())


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("source: feldman\n", "source: nobody\n", r"metrics\.selection_rate.*nobody"),
        ("{value} of {group} are selected", "{value} of {grupo} are selected", r"metrics\.selection_rate\.finding"),
        ("metrics: [precision]", "metrics: [precizion]", r"questions\.can_trust.*precizion"),
        ("unit: share", "unit: percent", r"metrics"),
    ],
)
def test_a_broken_file_is_refused_with_file_key_and_reason(tmp_path, monkeypatch, old, new, where):
    whole = (aipm.content.FOLDER / "fairness.yaml").read_text()
    assert old in whole
    (tmp_path / "fairness.yaml").write_text(whole.replace(old, new))
    monkeypatch.setattr(aipm.content, "FOLDER", tmp_path)
    aipm.content.load.cache_clear()
    texts.cache_clear()
    try:
        with pytest.raises(ContentError, match=rf"fairness\.yaml.*{where}"):
            texts()
    finally:
        aipm.content.load.cache_clear()
        texts.cache_clear()
