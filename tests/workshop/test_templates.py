"""The templates of the room, and the words for everything that is refused."""

import re
from pathlib import Path

import pytest

from aipm import workshop
from aipm.governance.board import stage_texts
from aipm.governance.question_bank import bank
from aipm.selection.needs import need_texts
from aipm.workshop.commands import STEPS
from aipm.workshop.refusals import words
from aipm.workshop.specs import Checks, Weights
from aipm.workshop.templates import filled, templates
from aipm.workshop.texts import room_texts


@pytest.mark.parametrize(("name", "minutes"), [("ninety", 90), ("half_day", 240)])
def test_the_agendas_fill_their_time(name, minutes):
    assert templates()[name].minutes == minutes


@pytest.mark.parametrize("name", templates())
def test_every_template_is_whole(name):
    template = templates()[name]
    assert {key for phase in template.phases for key in phase.activities} == {each.key for each in template.activities}
    orders = [phase.drop for phase in template.phases if phase.drop is not None]
    assert sorted(orders) == list(range(1, len(orders) + 1))
    assert all((phase.drop is None) == (phase.instead is None) for phase in template.phases)


def test_the_match_game_has_one_statement_of_each_capability_and_another_set_in_another_room():
    made = next(each for each in templates()["ninety"].activities if each.kind == "match")
    one, again, other = (filled(made, seed=seed).spec.statements for seed in ("DHJKMN", "DHJKMN", "NMKJHD"))
    assert one == again != other
    assert sorted(each.label for each in one) == sorted(each.key for each in made.spec.options)
    assert len(one) == 7


def test_criteria_are_those_that_the_model_scorer_knows():
    for template in templates().values():
        for each in template.activities:
            if isinstance(each.spec, Weights):
                assert {one.key for one in each.spec.criteria} <= need_texts().criteria.keys()


def test_checks_belong_to_gates_and_questions_that_there_are():
    stages = stage_texts()
    checks = [
        one
        for template in templates().values()
        for each in template.activities
        if isinstance(each.spec, Checks)
        for one in each.spec.checks
    ]
    for check in checks:
        assert check.bank is None or check.bank in bank().questions
        assert (check.gate is None) == (check.stage is None)
        assert check.gate is None or check.gate in stages[check.stage].criteria


def test_every_refusal_has_words_and_no_words_are_left_over():
    source = "".join(path.read_text(encoding="utf-8") for path in Path(workshop.__file__).parent.glob("*.py"))
    codes = set(re.findall(r'refused\(\s*"(\w+)"', source)) | {f"not_to_{step}" for step in STEPS}
    assert codes == set(words())


def test_every_word_of_the_exports_is_used():
    source = "".join(path.read_text(encoding="utf-8") for path in Path(workshop.__file__).parent.glob("*.py"))
    fields = type(room_texts().exports).__dataclass_fields__
    assert [name for name in fields if not re.search(rf"(?:say|exports)\.{name}\b", source)] == []
