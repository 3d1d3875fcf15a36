"""The same rooms on PostgreSQL, where its programs are found: what differs between the two databases."""

import pytest

from tests.workshop import test_acting, test_rooms


@pytest.fixture
def url(postgresql_url):
    return postgresql_url


cards = test_acting.cards

for name in (
    "test_a_write_that_is_sent_again_is_one",
    "test_dots_run_out_and_undo_is_undo",
    "test_merging_keeps_dots_and_unmerging_brings_them_back",
    "test_of_several_answers_all_or_none_are_kept",
    "test_somebody_without_a_device",
    "test_the_run_sheet_is_driven",
    "test_targets_that_are_none",
    "test_text_that_cannot_be_kept_or_seen",
    "test_an_early_end_stops_everybody_and_can_be_taken_back",
    "test_eight_threads_vote_and_no_vote_is_lost_or_doubled",
):
    globals()[name] = getattr(test_acting, name)
for name in (
    "test_a_code_lets_one_join_and_a_token_come_back",
    "test_wrong_codes_are_refused_and_soon_not_even_looked_up",
    "test_an_expired_room_is_gone_and_is_swept_away",
    "test_two_databases_at_one_place_show_the_same_room",
):
    globals()[name] = getattr(test_rooms, name)
