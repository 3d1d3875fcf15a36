"""A messy file, and a step of every operation that has something to do in it."""

import csv
import io
import random
from functools import cache

from aipm.prep.frames import frame_of
from aipm.prep.operations import operations
from aipm.prep.recipe import Recipe, Step
from aipm.tables import read

BIDI = 'na\u202eme """\\{x}\''
"""A column's name that would be code, a comment's end or a lie, if it were not quoted."""


def step(op, *columns, id="", enabled=True, reason="", **params):  # noqa: A002 - as in the file
    operation = operations().get(op)
    scope = operation.scope if operation else "columns"
    return Step(id=id or op, op=op, columns=columns, params=params, enabled=enabled, reason=reason, scope=scope)


def recipe(*steps, **said):
    return Recipe(steps=steps, **said)


def as_csv(head, rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([head, *rows])
    return text.getvalue().encode()


@cache
def messy(rows=160, seed=1):
    """People who do not exist, with every kind of disorder."""
    draw = random.Random(seed)
    head = ["id", "age", "income", "city", "joined", "band", "weight", "tags", "member", "label", "mail", "note", BIDI]
    found = []
    for k in range(rows):
        label = "yes" if draw.random() < 0.3 else "no"
        found.append(
            [
                str(k % (rows - 5)),
                "" if k % 9 == 0 else str(draw.randint(18, 80)),
                "?" if k % 11 == 0 else "99999" if k == 50 else str(round(draw.gauss(3000, 500), 2)),
                draw.choice(["Bonn", "bonn ", "Köln", " Aachen", "", "Ulm"]),
                f"{draw.randint(1, 28):02}.{draw.randint(1, 12):02}.{draw.randint(2018, 2024)}",
                draw.choice(["10-20", "20-30", "65+"]),
                draw.choice(["5 kg", "700 g", "3 kg", ""]),
                draw.choice(["a;b", "b", "a; c", ""]),
                draw.choice(["yes", "no", "Y", ""]),
                label,
                f"person{k}@example.org",
                draw.choice(["=1+1", "-3", 'said "no",\nand left', "+49 228 1", "\u200b=2", "fine"]),
                draw.choice(["x", "y'\"", "\u202e", "z\r"]),
            ]
        )
    return as_csv(head, found)


@cache
def table_of(data):
    return read(data)


@cache
def frame(data):
    return frame_of(table_of(data))


NUMBERS = (step("to_number", "age", "income", id="numbers"),)
FILLED = (*NUMBERS, step("fill_statistic", "age", "income", id="filled"))
DATES = (step("to_date", "joined", id="dates"),)
OTHERS = step("fill_constant", "city", "weight", "tags", "member", id="others", value="none")
SPLIT = step("split", id="parts")

EXAMPLES = {
    "class_weights": ((), step("class_weights", "label", name="counts for")),
    "oversample": ((*FILLED, OTHERS), step("oversample", "label")),
    "augment_numbers": (FILLED, step("augment_numbers", "age", "income")),
    "augment_text": ((), step("augment_text", "city")),
    "date_parts": (DATES, step("date_parts", "joined")),
    "one_hot": ((), step("one_hot", "city", BIDI)),
    "ordinal": ((), step("ordinal", "city")),
    "frequency_encode": ((), step("frequency_encode", "city")),
    "bins": (NUMBERS, step("bins", "age")),
    "ratio": (NUMBERS, step("ratio", "income", "age")),
    "text_length": ((), step("text_length", "note")),
    "interaction": (NUMBERS, step("interaction", "income", "age")),
    "formula": (NUMBERS, step("formula", name="twice", expression="if([age] > 30, [age] * 2, length([city]))")),
    "fill_neighbours": (NUMBERS, step("fill_neighbours", "age", "income")),
    "fill_regression": (NUMBERS, step("fill_regression", "age", "income")),
    "drop_target_missing": ((), step("drop_target_missing", "member")),
    "relabel": ((), step("relabel", "label", mapping={"yes": "bought", "no": 'did "not"'})),
    "correct_labels": ((), step("correct_labels", "label", labels={"2": 'did "not"', "5": ""})),
    "mark_missing": ((), step("mark_missing", "income", BIDI, values=["?", "x"])),
    "not_applicable": ((), step("not_applicable", "weight")),
    "fill_constant": ((), step("fill_constant", "city", value='it\'s "none"\n')),
    "fill_statistic": (NUMBERS, step("fill_statistic", "age", "income", statistic="mean")),
    "missing_indicator": ((), step("missing_indicator", "age", "city")),
    "drop_rows_missing": ((), step("drop_rows_missing", "age", "city")),
    "flag_outliers": (NUMBERS, step("flag_outliers", "income")),
    "remove_outliers": (NUMBERS, step("remove_outliers", "income")),
    "cap_outliers": (NUMBERS, step("cap_outliers", "income")),
    "mask_text": ((), step("mask_text", "mail", what="email_domain")),
    "hash_text": ((), step("hash_text", "mail")),
    "generalise_number": (NUMBERS, step("generalise_number", "age", width=10)),
    "generalise_date": (DATES, step("generalise_date", "joined", to="quarter")),
    "generalise_category": ((), step("generalise_category", "city", keep=["Bonn", "Ulm"])),
    "drop_rare_combinations": ((), step("drop_rare_combinations", "band", "member", k=8)),
    "range_to_number": ((), step("range_to_number", "band")),
    "unit_to_number": ((), step("unit_to_number", "weight", units={"kg": 1.0, "g": 0.001})),
    "drop_duplicates": ((), step("drop_duplicates", "id")),
    "keep_rows": (NUMBERS, step("keep_rows", condition="[age] > 25")),
    "drop_rows": ((), step("drop_rows", condition="[member] = 'no'")),
    "drop_columns": ((), step("drop_columns", "mail", BIDI)),
    "rename_columns": ((), step("rename_columns", "mail", names=['e\'mail\n"""'])),
    "min_max": (FILLED, step("min_max", "age", "income")),
    "z_score": (FILLED, step("z_score", "age", "income")),
    "robust_scale": (FILLED, step("robust_scale", "income")),
    "split": ((), step("split", "label", id="parts", how="stratified", seed=3)),
    "strip_text": ((), step("strip_text", "city", inner=True, case="lower")),
    "merge_variants": ((), step("merge_variants", "city", mapping={"bonn ": "Bonn", " Aachen": "Aachen"})),
    "replace_values": ((), step("replace_values", "note", mapping={"=1+1": "@2"})),
    "split_values": ((), step("split_values", "tags")),
    "to_number": ((), step("to_number", "age", "income")),
    "to_date": ((), step("to_date", "joined")),
    "to_boolean": ((), step("to_boolean", "member", "label")),
}
"""Of every operation: the steps it needs before it, and a step that changes something."""


def around_split(before, wanted):
    """The steps with a split among them, each where it may stand."""
    if wanted.op == "split":
        return recipe(*before, wanted)
    late = operations()[wanted.op]
    rows = [each for each in before if operations()[each.op].learn is None]
    learns = [each for each in before if operations()[each.op].learn is not None]
    after = late.learn is not None or late.scope == "train_only" or learns
    return recipe(*rows, SPLIT, *learns, wanted) if after and late.scope != "rows" else recipe(*rows, wanted, SPLIT)
