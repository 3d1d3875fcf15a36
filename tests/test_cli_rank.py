"""`rank` and `weights` as people and pipelines call them."""

import pytest

MODELS = """model,price,quality,context
large,$8,0.9,"400,000"
small,$0.3,0.6,"128,000"
open,$0.2,0.5,"32,000"
new,n/a,0.95,"1,000,000"
"""
NEEDS = """
criteria:
  - {name: price, column: price, direction: min, weight: 2, worst: 10, best: 0.1, scale: log}
  - {name: quality, column: quality, direction: max, weight: 3, worst: 0, best: 1}
  - {name: context, column: context, direction: max, weight: 1, worst: 8000, best: 1000000, scale: log}
parameters: {v: 0.5, lambda: 0.5}
"""
METHODS = ("weighted_sum", "weighted_product", "topsis", "vikor", "promethee_ii", "waspas", "spotis")
SECRET = "Beeblebrox"  # noqa: S105 - a word to look for


@pytest.fixture
def files(tmp_path):
    """The options that name the candidates and the criteria."""
    models, needs = tmp_path / "models.csv", tmp_path / "needs.yaml"
    models.write_text(MODELS)
    needs.write_text(NEEDS)
    return ("--candidates", models, "--criteria", needs)


@pytest.mark.parametrize("method", METHODS)
def test_a_ranking_as_the_contract_says_it(run, files, method):
    status, (answer,) = run("rank", *files, "--method", method, "--samples", 300, "--seed", 1)

    assert status == 0
    assert (answer["ok"], answer["method"]) == (True, method)
    assert answer["normalisation"] in ("vector", "min_max", "sum", "max", "none")
    assert {each["name"] for each in answer["ranking"]} == {"large", "small", "open"}
    assert answer["excluded"] == [{"name": "new", "reason": "unknown: price", "criteria": ["price"]}]
    for each in answer["ranking"]:
        assert each.keys() >= {"name", "score", "rank", "contributions"}
        assert each["contributions"] is None or each["contributions"].keys() == {"price", "quality", "context"}
    scores = [each["score"] for each in answer["ranking"]]
    assert scores == sorted(scores, reverse=not answer["lower_is_better"])
    robust = answer["robustness"]
    assert robust["samples"] == 300
    assert robust["rank_acceptability"].keys() == robust["central_weights"].keys() == {"large", "small", "open"}
    assert all(len(shares) == 3 for shares in robust["rank_acceptability"].values())
    assert {tip["kind"] for tip in robust["tipping_points"]} <= {"weight", "value"}


def test_a_seed_repeats_an_answer(run, files):
    call = ("rank", *files, "--samples", 200, "--weights", "order", "--seed")

    assert run(*call, 1) == run(*call, 1)
    assert run(*call, 1) != run(*call, 2)


def test_ranges_of_the_unknown_and_what_other_methods_say(run, files):
    _, (answer,) = run("rank", *files, "--samples", 0, "--unknown", "range", "--compare")

    assert answer["robustness"]["rank_acceptability"] is None
    assert answer["robustness"]["status"] == "not_computable"
    (ranged,) = answer["ranged"]
    assert (ranged["name"], ranged["unknown"], ranged["rank_best"]) == ("new", ["price"], 1)
    assert answer["agreement"]["of"] == 6


def test_one_candidate_has_no_score_where_methods_only_compare(run, files):
    files[1].write_text("model,price,quality,context\nonly,1,0.5,9000\n")
    status, (answer,) = run("rank", *files, "--method", "topsis")

    assert status == 0
    assert [(each["score"], each["rank"], each["status"]) for each in answer["ranking"]] == [
        (None, 1, "not_computable")
    ]


@pytest.mark.parametrize(
    ("models", "needs", "code"),
    [
        ("model,price\nA,1\n", NEEDS, "no_such_column"),
        (MODELS, "- {name: [", "bad_yaml"),
        (MODELS, "- {name: price, direction: min, weight: 0}", "zero_weights"),
        (MODELS, "- {name: price, direction: min, weight: -1}", "bad_weight"),
        (MODELS, "- {name: model, direction: min, weight: 1}", "not_numbers"),
        (MODELS, "", "bad_criteria"),
        ("model,price,quality,context\n", NEEDS, "no_candidate"),
        (f"model,price,quality,context\n{SECRET},?,?,?\n", NEEDS, "no_candidate_left"),
        (f"model,price,quality,context\nA,{SECRET},{SECRET},{SECRET}\n", NEEDS, "not_numbers"),
        (f"model,price,quality,context\nA,$1,{SECRET},1\nB,€1,1,1\n", NEEDS, "mixed_units"),
    ],
)
def test_what_cannot_be_ranked_is_refused_without_a_cell(run, files, models, needs, code):
    files[1].write_text(models)
    files[3].write_text(needs)
    status, (answer,) = run("rank", *files)

    assert (status, answer["ok"], answer["error"]["code"]) == (1, False, code)
    assert answer["error"].keys() >= {"code", "message", "advice"}
    assert SECRET not in str(answer)


def test_a_criteria_file_that_is_none_is_refused(run, files, tmp_path):
    for path in (tmp_path, tmp_path / "absent.yaml"):
        status, (answer,) = run("rank", *files[:3], path)
        assert (status, answer["error"]["code"]) == (1, "cannot_open")
    files[3].write_bytes(b"\xff\xfe\x00")
    assert run("rank", *files)[1][0]["error"]["code"] == "bad_yaml"
    files[3].write_bytes(b"#" * 1_000_001)
    assert run("rank", *files)[1][0]["error"]["code"] == "bad_criteria"


PAIRS = ",price,quality,speed\nprice,1,1/3,2.5\nquality,3,1,5\nspeed,1/2.5,0.2,1\n"


def test_weights_of_comparisons(run, tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text(PAIRS)
    for method in ("eigenvector", "geometric_mean"):
        status, (answer,) = run("weights", "--pairwise", path, "--method", method)
        assert (status, answer["ok"], answer["method"]) == (0, True, method)
        assert answer["weights"].keys() == {"price", "quality", "speed"}
        assert sum(answer["weights"].values()) == pytest.approx(1)
        assert 0 < answer["consistency_ratio"] < 0.1
        assert isinstance(answer["most_inconsistent"], list)


def test_weights_of_a_group(run, tmp_path):
    one, other = tmp_path / "a.csv", tmp_path / "b.csv"
    one.write_text(",a,b\na,1,2\nb,1/2,1\n")
    other.write_text(",a,b\na,1,8\nb,,1\n")
    _, (answer,) = run("weights", "--pairwise", one, "--pairwise", other)

    assert answer["weights"] == pytest.approx({"a": 0.8, "b": 0.2})
    assert len(answer["people"]) == 2
    assert answer["spread"]["a"] == pytest.approx([2 / 3, 8 / 9])


def test_weights_of_an_order_of_points_and_of_values(run, files):
    _, (order,) = run("weights", "--method", "rank_order_centroid", "--order", 'price,"fit, to task"')
    assert order["weights"] == {"price": 0.75, "fit, to task": 0.25}
    _, (points,) = run("weights", "--method", "swing", "--points", "price=100,quality=60,speed=40")
    assert points["weights"] == {"price": 0.5, "quality": 0.3, "speed": 0.2}
    for method in ("entropy", "critic", "merec"):
        status, (answer,) = run("weights", "--method", method, *files)
        assert status == 0
        assert sum(answer["weights"].values()) == pytest.approx(1)
        assert [each["name"] for each in answer["excluded"]] == ["new"]


def test_weights_of_values_need_no_stated_weights(run, files):
    files[3].write_text("- {name: price, direction: min, weight: 0}\n- {name: quality, direction: max, weight: 0}\n")

    assert run("weights", "--method", "entropy", *files)[1][0]["weights"].keys() == {"price", "quality"}


def test_comparisons_that_contradict_are_refused(run, tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text(",a,b\na,1,3\nb,3,1\n")
    status, (answer,) = run("weights", "--pairwise", path)

    assert (status, answer["error"]["code"]) == (1, "contradiction")


@pytest.mark.parametrize(
    "arguments",
    [
        ["rank"],
        ["rank", "--candidates", "x.csv"],
        ["rank", "--candidates", "x.csv", "--criteria", "x.yaml", "--method", "guess"],
        ["rank", "--candidates", "x.csv", "--criteria", "x.yaml", "--samples", "-1"],
        ["rank", "--candidates", "x.csv", "--criteria", "x.yaml", "--weights", "all"],
        ["weights"],
        ["weights", "--method", "entropy"],
        ["weights", "--method", "entropy", "--pairwise", "x.csv"],
        ["weights", "--pairwise", "x.csv", "--order", "a,b"],
        ["weights", "--method", "swing", "--points", "a"],
        ["weights", "--method", "swing", "--points", "a=x"],
        ["weights", "--method", "swing", "--points", "a=1,a=2"],
    ],
)
def test_a_wrong_call_exits_with_2_and_prints_nothing(run, arguments):
    assert run(*arguments) == (2, [])
