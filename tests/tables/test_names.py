from hypothesis import given
from hypothesis import strategies as st

from aipm.tables.names import unique_names


def test_names_that_are_well_stay_as_they_are():
    assert unique_names(["race", "RACE", "age"]) == (("race", "RACE", "age"), ())


def test_blank_names_are_numbered_by_their_place():
    names, (warning,) = unique_names(["id", "", " \t"])
    assert names == ("id", "column 2", "column 3")
    assert (warning.code, warning.count) == ("blank_names", 2)


def test_repeated_names_are_numbered():
    names, (warning,) = unique_names(["x", "y", "x", "x"])
    assert names == ("x", "y", "x 2", "x 3")
    assert (warning.code, warning.count) == ("repeated_names", 2)


def test_no_number_takes_a_name_that_the_file_gives_itself():
    assert unique_names(["x", "x", "x 2", ""])[0] == ("x", "x 3", "x 2", "column 4")
    assert unique_names(["column 2", ""])[0] == ("column 2", "column 2 2")


def test_white_space_and_byte_order_marks_are_no_part_of_a_name():
    assert unique_names(["\ufeffid", " total\n revenue "])[0] == ("id", "total revenue")


@given(
    st.lists(st.sampled_from(["", "x", "x 2", "x 2 2", "column 1", "column 2", "y"]) | st.text(max_size=3), max_size=30)
)
def test_names_are_unique_and_never_blank_and_every_column_keeps_its_place(given_names):
    names, _ = unique_names(given_names)
    assert len(names) == len(given_names) == len(set(names))
    assert all(names)
    assert all(
        name.startswith(" ".join(old.replace("\ufeff", "").split()))
        for old, name in zip(given_names, names, strict=True)
    )


def test_a_thousand_times_the_same_name_is_quick():
    assert len(set(unique_names(["x"] * 100_000)[0])) == 100_000
