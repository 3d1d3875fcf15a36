"""What answers depend on besides data and question."""

from aipm.brief.texts import brief_texts
from aipm.selection.model_entries import texts
from aipm.ui.versions import known, versions


def test_every_version_has_a_name_in_the_brief():
    assert set(versions()) == set(brief_texts().versions)
    assert all(isinstance(each, str) and each for each in versions().values())


def test_only_those_that_are_asked_for_and_that_there_are():
    assert known("catalogue", "phase of the moon") == {"catalogue": texts().as_of.isoformat()}
