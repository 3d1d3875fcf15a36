"""The search from the command line."""

import pytest


@pytest.fixture
def applications(tmp_path):
    """Women in the north are hired half as often as anybody else."""
    rows = ["id,sex,place,hired"]
    for k in range(1200):
        sex, place = "mf"[k % 2], ("north", "south", "east")[k // 2 % 3]
        worse = (sex, place) == ("f", "north")
        rows.append(f"{k},{sex},{place},{'yes' if k // 6 % 4 < (1 if worse else 2) else 'no'}")
    path = tmp_path / "applications.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def audit(run, path, *more):
    return run("audit", path, "--group", "sex", "--prediction", "hired", *more)


def test_the_worst_served_group_stands_under_worst(run, applications):
    status, (answer,) = audit(run, applications, "--worst", "selection_rate")
    assert status == 0
    worst = answer["worst"]
    assert worst["columns"] == ["sex", "place"]
    assert worst["left_out"] == {"id": "identifier", "hired": "role"}
    assert worst["subgroups"][0]["group"] == {"sex": "f", "place": "north"}
    assert (worst["subgroups"][0]["numerator"], worst["subgroups"][0]["denominator"]) == (50, 200)
    assert worst["shuffles"] == 200


def test_columns_depth_support_and_halves_can_be_said(run, applications):
    more = ("--search", "place", "--search", "sex", "--search-depth", 1, "--search-support", 300, "--search-hold-out")
    _, (answer,) = audit(run, applications, "--worst", "selection_rate", *more)
    worst = answer["worst"]
    assert (worst["columns"], worst["depth"], worst["support"]) == (["place", "sex"], 1, 300)
    assert worst["hold_out"] is True
    assert all(len(each["group"]) == 1 for each in worst["subgroups"])


def test_what_cannot_be_answered_says_so(run, applications):
    _, (answer,) = audit(run, applications, "--worst", "false_negative_rate")
    assert answer["worst"] == {"metric": "false_negative_rate", "status": "not_computable", "subgroups": []}
    status, (answer,) = audit(run, applications, "--worst", "selection_rate", "--search", "nowhere")
    assert status == 1
    assert answer["error"]["code"] == "no_such_column"


def test_without_the_question_nothing_is_added(run, applications):
    assert "worst" not in audit(run, applications)[1][0]
    assert audit(run, applications, "--search", "place") == (2, [])
    assert audit(run, applications, "--worst", "accuracy") == (2, [])
