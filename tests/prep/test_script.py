"""The script does what the preparation did: the same bytes, alone, from any file, whatever names say."""

import ast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aipm.prep.carried import Carried
from aipm.prep.mapping import map_columns, with_names
from aipm.prep.operations import operations
from aipm.prep.order import mended
from aipm.prep.pipeline import run
from aipm.prep.script import script
from aipm.prep.source import COPY, source_of
from aipm.prep.write import file_name, part_bytes
from tests.prep.build import BIDI, EXAMPLES, around_split, as_csv, frame, messy, recipe, step, table_of
from tests.prep.fresh import SECRET, interpreter

SECRETS = {"AIPM_SALT": SECRET}


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    folder = tmp_path_factory.mktemp("alone")
    with interpreter(folder) as call:
        yield folder, call


def same_bytes(wanted, data, alone, *, name="people.csv", renamed=None):
    """Run a recipe here and its script there; the files must not differ by a byte. Returns what was prepared here."""
    folder, call = alone
    path = folder / name
    path.write_bytes(data)
    table, whole = table_of(data), frame(data)
    mapping = map_columns(wanted, table.columns, renamed)
    prepared = run(wanted, with_names(whole, mapping), secrets=SECRETS)
    source = source_of(table, whole, path, name=name, renamed=mapping.renamed)
    text = script(wanted, prepared, source)
    assert SECRET not in text
    (folder / "prepare.py").write_text(text, encoding="utf-8")
    if source.copy is not None:
        (folder / COPY).write_bytes(source.copy)
    for old in (folder / "out").glob("*"):
        old.unlink()
    call(folder / "prepare.py", "--out", folder / "out")
    written = {each.name: each.read_bytes() for each in (folder / "out").iterdir()}
    assert written == {file_name(part): part_bytes(held, "csv") for part, held in prepared.parts.items()}
    return prepared, source, text


def test_there_is_an_example_of_every_operation():
    assert EXAMPLES.keys() == operations().keys()


@pytest.mark.parametrize("op", sorted(EXAMPLES))
def test_the_script_of_every_operation_writes_the_same_bytes(op, alone):
    before, wanted = EXAMPLES[op]
    prepared, _, _ = same_bytes(around_split(before, wanted), messy(), alone)
    assert [each.message for each in prepared.failed] == []
    report = next(each for each in prepared.steps if each.id == wanted.id)
    assert op in ("split", "rename_columns", "drop_columns", "to_number") or report.changed > 0


@st.composite
def recipes(draw):
    """Steps of any operations in any order, some switched off, some that cannot be done."""
    names = draw(st.lists(st.sampled_from(sorted(EXAMPLES)), min_size=1, max_size=6))
    steps = []
    for number, name in enumerate(names):
        before, wanted = EXAMPLES[name]
        for each in (*before, wanted):
            columns = tuple(draw(st.permutations(each.columns)))
            said = draw(st.sampled_from(["", '"""\nimport os', "\u202e why"]))
            on = draw(st.sampled_from([True, True, True, False]))
            name_of_step = f"{each.op}-{number}-{each.id}"
            steps.append(step(each.op, *columns, id=name_of_step, enabled=on, reason=said, **each.params))
    whole = recipe(*steps)
    return mended(whole, operations()) if draw(st.booleans()) else whole


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(recipes())
def test_the_script_of_any_recipe_writes_the_same_bytes(alone, wanted):
    same_bytes(wanted, messy(), alone)


HOSTILE = ['"""\nimport os\n', "'); raise SystemExit(1) #", "\\", "{0}%s", "\u2028x = 1", "=cmd|' /C calc'!A0", BIDI]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_or_value_never_becomes_code(name, alone):
    data = as_csv(["id", name], [[str(k), name if k % 3 else f"v{k}"] for k in range(40)])
    shown = table_of(data).columns[1]
    wanted = recipe(
        step("mark_missing", shown, values=[name], id=name, reason=name),
        step("split"),
        step("fill_constant", shown, value=name, reason=name),
        step("one_hot", shown, reason=name),
    )
    _, _, text = same_bytes(wanted, data, alone)
    names = {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)}
    assert {"prepare", "main", "mark_missing"} <= names
    assert "\u202e" not in text
    assert "\u2028" not in text


READINGS = {
    "as it is": (b"a,b\n1,x\n2,y\n", True),
    "semicolons, Latin-1": ("a;b\n1;é\n2;ü\n3;ß\n4;à\n".encode("latin-1"), True),
    "tabs, a mark": ("\ufeffa\tb\n1\tx\n2\ty\n".encode(), True),
    "UTF-16": ("a,b\n1,x\n2,é\n".encode("utf-16"), True),
    "a title before": (b"Report of the year\n\na,b\n1,x\n2,y\n3,z\n", True),
    "no names": (b"1,2.5,x\n2,3.5,y\n3,4.5,z\n", True),
    "text that looks missing": (b"a,b\nNA,null\nNone,nan\n,#N/A\n", True),
    "a ragged row": (b"a,b,c\n1,x,2\n2,y\n3,z,4\n4,x,5\n5,x,6\n", None),
    "blank and repeated names": (b"a,,a\n1,x,2\n2,y,3\n", True),
    "a separator at the end of each row": (b"a,b\n1,x,\n2,y,\n3,z,\n", None),
    "a list of objects": (b'[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]', False),
}


@pytest.mark.parametrize("kind", READINGS)
def test_the_script_reads_what_was_read(kind, alone):
    data, by_pandas = READINGS[kind]
    wanted = recipe(step("strip_text", table_of(data).columns[-1], case="upper"))
    _, source, text = same_bytes(wanted, data, alone, name="data.json" if data[:1] == b"[" else "people.csv")
    if by_pandas is not None:
        assert (source.copy is None) is by_pandas
        assert ("as it was read there" in text) is not by_pandas


def test_a_file_with_other_names_is_renamed_in_the_script_too(alone):
    data = b"Member Age,the label\n30,yes\n,no\n50,yes\n40,no\n"
    wanted = recipe(step("to_number", "age"), step("fill_statistic", "age"), columns=("age", "label"))
    prepared, _, text = same_bytes(wanted, data, alone, renamed={"Member Age": "age", "the label": "label"})
    assert list(prepared.parts["all"].columns) == ["age", "label"]
    assert "RENAMED = {'Member Age': 'age', 'the label': 'label'}" in text


def test_what_was_learned_from_one_file_can_be_taken_for_the_next(alone):
    folder, call = alone
    wanted = recipe(step("to_number", "x"), step("fill_statistic", "x"))
    old, new = b"x,y\n1,a\n3,b\n,c\n", b"x,y\n100,a\n300,b\n,c\n"
    learned = run(wanted, frame(old)).learned
    taken = run(wanted, frame(new), learned=learned)
    assert taken.parts["all"]["x"].tolist() == [100, 300, 2]
    same_bytes(wanted, old, alone)
    (folder / "new.csv").write_bytes(new)
    call(folder / "prepare.py", folder / "new.csv", "--learn-from", folder / "people.csv", "--out", folder / "next")
    assert (folder / "next" / "prepared.csv").read_bytes() == part_bytes(taken.parts["all"], "csv")


def test_all_operations_fit_into_one_script():
    """Names are unique across the modules, and none of them is one that the script uses itself."""
    functions = [each for op in operations().values() for each in (op.learn, op.apply) if each]
    carried = Carried().add(functions)
    assert (
        not {"prepare", "main", "read_input", "frame", "parts", "part", "name", "learned"} & carried.definitions.keys()
    )
    text = "from __future__ import annotations\n" + "\n".join(carried.imports.values()) + "\n" + carried.source
    assert free_names(text) == set()


def free_names(text):
    """Names that code uses and neither binds nor finds among the builtins."""
    import builtins
    import symtable

    def uses(table):
        for symbol in table.get_symbols():
            if symbol.is_global() and symbol.is_referenced():
                yield symbol.get_name()
        for inner in table.get_children():
            yield from uses(inner)

    whole = symtable.symtable(text, "prepare.py", "exec")
    bound = {symbol.get_name() for symbol in whole.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    return {name for name in uses(whole) if name not in bound and not hasattr(builtins, name)}
