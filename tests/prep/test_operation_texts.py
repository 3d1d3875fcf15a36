import dataclasses
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest

from aipm.prep.operation_texts import operation_texts
from aipm.prep.operations import operations


def choices(kind: Any) -> set[str]:
    """The choices within a setting's type."""
    if get_origin(kind) is Literal:
        return set(get_args(kind))
    inner = get_args(kind)[:1] if get_origin(kind) is Annotated else get_args(kind)
    return set().union(*(choices(each) for each in inner))


def test_texts_and_operations_are_the_same():
    assert operation_texts().keys() == operations().keys()


@pytest.mark.parametrize("name", operations())
def test_every_setting_and_choice_has_its_words(name):
    fields = {each.name: each.type for each in dataclasses.fields(operations()[name].params)}
    texts = operation_texts()[name]
    assert texts.params.keys() == fields.keys()
    for setting, kind in fields.items():
        assert texts.params[setting].choices.keys() == choices(kind), setting


def test_no_two_operations_have_one_name():
    names = [each.name for each in operation_texts().values()]
    assert len(set(names)) == len(names)
