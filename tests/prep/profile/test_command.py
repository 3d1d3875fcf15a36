"""`profile` from the command line."""

AGES = ["?" if i % 9 == 0 else str(20 + i % 40) for i in range(90)]
FILE = "id,age,city,card,churned\n" + "".join(
    f"{i},{age},{'Rome' if i % 2 else 'rome '},4111111111111111,{'yes' if i % 3 else 'no'}\n"
    for i, age in enumerate(AGES)
)


def test_what_it_says(run, tmp_path):
    path = tmp_path / "customers.csv"
    path.write_text(FILE, encoding="utf-8")
    status, (said,) = run("profile", path, "--target", "churned")
    assert status == 0
    assert (said["ok"], said["row_count"], len(said["columns"])) == (True, 90, 5)
    found = {(each["kind"], each["column"]): each for each in said["findings"]}
    assert found["missing_token", "age"]["count"] == 10
    assert {"id_like", "category_variants"} <= {kind for kind, _ in found}
    assert {each["severity"] for each in said["findings"]} <= {"info", "advice", "warning", "critical"}
    ages = next(column for column in said["columns"] if column["name"] == "age")
    assert (ages["kind"], ages["missing"], ages["status"], ages["minimum"]) == ("whole_number", 10, "ok", 20)
    city = next(column for column in said["columns"] if column["name"] == "city")
    assert (city["mean"], city["status"]) == (None, "no_numbers")
    assert "4111111111111111" not in str(said["findings"])


def test_a_target_that_is_not_there(run, tmp_path):
    path = tmp_path / "customers.csv"
    path.write_text(FILE, encoding="utf-8")
    status, (said,) = run("profile", path, "--target", "nothing")
    assert (status, said["ok"], said["error"]["code"]) == (1, False, "no_such_column")
