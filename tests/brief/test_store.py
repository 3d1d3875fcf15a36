"""Briefs as they are kept: nothing saved is lost, nothing can be found without a token, what is deleted is gone."""

import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from aipm.brief import store
from aipm.brief.database import Database
from aipm.brief.store import Briefs
from aipm.tables import Refusal


@pytest.fixture
def briefs(database):
    return Briefs(database)


def refusal_of(call, *arguments, **options):
    with pytest.raises(Refusal) as refused:
        call(*arguments, **options)
    assert refused.value.message
    assert refused.value.advice
    return refused.value.code


def save(briefs, token, *states, **options):
    """Each under a key of its own."""
    return [briefs.save(token, state, client_key=random.randbytes(8).hex(), **options) for state in states]


def text(length=200, seed=None):
    """What does not compress, so that its bytes can be looked for."""
    return random.Random(seed).randbytes(length // 2).hex()


def test_a_new_brief_is_empty(briefs, clock):
    kept = briefs.load(briefs.create())
    assert (kept.state, kept.number, kept.read_only) == ({}, 0, False)
    assert kept.saved == clock()
    assert kept.expires == clock() + timedelta(days=90)


def test_what_was_saved_last_is_loaded(briefs, clock):
    token = briefs.create()
    clock.wait(days=1)
    assert save(briefs, token, {"product": "Loans"}, {"product": "Кредиты", "entries": [1, None, 0.5]}) == [1, 2]
    kept = briefs.load(token)
    assert kept.state == {"product": "Кредиты", "entries": [1, None, 0.5]}
    assert (kept.number, kept.saved, kept.expires) == (2, clock(), clock() + timedelta(days=90))


def test_briefs_do_not_see_each_other(briefs):
    first, second = briefs.create(), briefs.create()
    assert first != second
    save(briefs, first, {"a": 1})
    save(briefs, second, {"b": 1}, {"b": 2})
    assert briefs.load(first).state == {"a": 1}
    assert [each.number for each in briefs.versions(first)] == [1]
    assert refusal_of(briefs.load_version, first, 2) == "no_version"


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "a" * 100_000, "' OR 1=1 --"])
def test_without_its_token_a_brief_cannot_be_found(briefs, token):
    save(briefs, briefs.create(), {"a": 1})
    calls = [briefs.load, briefs.versions, briefs.share, briefs.unshare, briefs.delete]
    assert {refusal_of(call, token) for call in calls} == {"no_brief"}
    assert refusal_of(briefs.save, token, {}, client_key="k") == "no_brief"
    assert refusal_of(briefs.restore, token, 1) == "no_brief"


def test_a_save_that_is_repeated_is_one_version(briefs):
    token = briefs.create()
    assert briefs.save(token, {"a": 1}, client_key="first") == 1
    assert briefs.save(token, {"a": 2}, client_key="second") == 2
    assert briefs.save(token, {"a": 1}, client_key="first") == 1
    assert briefs.load(token).state == {"a": 2}
    assert len(briefs.versions(token)) == 2
    other = briefs.create()
    assert briefs.save(other, {"a": 3}, client_key="first") == 1


def test_saving_what_is_there_makes_no_version_but_keeps_it_longer(briefs, clock):
    token = briefs.create()
    assert save(briefs, token, {"a": 1}, {"a": 1}) == [1, 1]
    clock.wait(days=80)
    assert briefs.save(token, {"a": 1}, client_key="later") == 1
    save(briefs, token, {"a": 2})
    assert briefs.save(token, {"a": 1}, client_key="later") == 1
    assert [each.number for each in briefs.versions(token)] == [2, 1]
    assert briefs.load(token).expires == clock() + timedelta(days=90)


def test_versions_say_when_how_large_and_what_for(briefs, clock):
    token = briefs.create()
    began = clock()
    save(briefs, token, {"a": "é"}, label="before the\x00meeting")
    clock.wait(hours=1)
    save(briefs, token, {"a": 2})
    second, first = briefs.versions(token)
    assert (first.number, first.at, first.size, first.label) == (
        1,
        began,
        len('{"a":"é"}'.encode()),
        "before the[U+0000]meeting",
    )
    assert (second.number, second.at, second.label, second.restored_from) == (2, clock(), None, None)
    assert briefs.load_version(token, 1) == {"a": "é"}
    assert refusal_of(briefs.load_version, token, 3) == "no_version"


def test_going_back_loses_nothing(briefs):
    token = briefs.create()
    save(briefs, token, {"a": 1}, label="first")
    save(briefs, token, {"a": 2})
    assert briefs.restore(token, 1) == 3
    assert briefs.load(token).state == {"a": 1}
    assert [(each.number, each.label, each.restored_from) for each in briefs.versions(token)] == [
        (3, "first", 1),
        (2, None, None),
        (1, "first", None),
    ]
    assert briefs.restore(token, 3) == 3
    assert briefs.restore(token, 2) == 4
    assert briefs.load(token).state == {"a": 2}
    assert refusal_of(briefs.restore, token, 9) == "no_version"


def test_a_shared_token_only_reads_the_latest(briefs):
    token = briefs.create()
    save(briefs, token, {"secret": 1}, {"a": 1})
    shared = briefs.share(token)
    kept = briefs.load(shared)
    assert kept.state == {"a": 1}
    assert kept.read_only
    save(briefs, token, {"a": 2})
    assert briefs.load(shared).state == {"a": 2}
    calls = [briefs.versions, briefs.share, briefs.unshare, briefs.delete]
    assert {refusal_of(call, shared) for call in calls} == {"read_only"}
    assert refusal_of(briefs.save, shared, {}, client_key="k") == "read_only"
    assert refusal_of(briefs.load_version, shared, 1) == "read_only"
    assert refusal_of(briefs.restore, shared, 1) == "read_only"
    assert briefs.load(token).state == {"a": 2}


def test_sharing_can_be_ended(briefs):
    token = briefs.create()
    shares = [briefs.share(token), briefs.share(token)]
    assert len({token, *shares}) == 3
    briefs.unshare(token)
    assert {refusal_of(briefs.load, each) for each in shares} == {"no_brief"}
    assert briefs.load(briefs.share(token)).read_only
    assert not briefs.load(token).read_only


def rows(database):
    """How many rows there are of each kind."""
    with database.read() as connection:
        names = store._SCHEMA.tables.sorted_tables
        return {each.name: connection.scalar(sa.select(sa.func.count()).select_from(each)) for each in names}


def test_a_deleted_brief_is_gone_with_all_its_versions_and_tokens(briefs, database):
    kept = briefs.create()
    save(briefs, kept, {"kept": 1})
    before = rows(database)
    token = briefs.create()
    save(briefs, token, {"a": 1}, {"a": 2})
    shared = briefs.share(token)
    briefs.delete(token)
    assert {refusal_of(briefs.load, each) for each in (token, shared)} == {"no_brief"}
    assert refusal_of(briefs.delete, token) == "no_brief"
    assert rows(database) == before == {"briefs": 1, "tokens": 1, "versions": 1, "saves": 1}
    assert briefs.load(kept).state == {"kept": 1}


def test_a_brief_expires_so_many_days_after_its_last_save(database, clock):
    briefs = Briefs(database, keep_days=10)
    token, other = briefs.create(), briefs.create()
    clock.wait(days=9)
    save(briefs, token, {"a": 1})
    clock.wait(days=1)
    assert refusal_of(briefs.load, other) == "no_brief"
    assert refusal_of(briefs.save, other, {}, client_key="k") == "no_brief"
    clock.wait(days=8, hours=23)
    assert briefs.load(token).state == {"a": 1}
    clock.wait(hours=1)
    assert refusal_of(briefs.load, token) == "no_brief"


def test_what_expired_is_swept_away(briefs, database, clock):
    gone = briefs.create()
    save(briefs, gone, {"a": 1}, {"a": 2})
    clock.wait(days=89)
    kept = briefs.create()
    save(briefs, kept, {"kept": 1})
    assert briefs.sweep() == 0
    clock.wait(days=1)
    assert rows(database)["briefs"] == 2
    assert briefs.sweep() == 1
    assert briefs.sweep() == 0
    assert rows(database) == {"briefs": 1, "tokens": 1, "versions": 1, "saves": 1}
    assert briefs.load(kept).state == {"kept": 1}


def test_saving_sweeps_now_and_then(briefs, database, clock):
    briefs.create()
    clock.wait(days=80)
    token = briefs.create()
    clock.wait(days=10)
    save(briefs, token, {"a": 1})
    assert rows(database)["briefs"] == 1


def test_a_brief_that_is_too_large_is_refused_and_nothing_changes(briefs):
    token = briefs.create()
    largest = {"a": "x" * (store.LARGEST - len('{"a":""}'))}
    assert save(briefs, token, largest) == [1]
    assert briefs.versions(token)[0].size == store.LARGEST
    assert refusal_of(briefs.save, token, {"a": largest["a"] + "x"}, client_key="k") == "too_large"
    assert briefs.load(token).state == largest


def test_of_many_versions_the_latest_are_all_kept_and_of_older_days_the_last(briefs, clock, monkeypatch):
    monkeypatch.setattr(store, "KEPT", 10)
    token = briefs.create()
    days = {}
    for number in range(1, 36):
        save(briefs, token, {"n": number})
        days[number] = clock().date()
        clock.wait(hours=4)
    numbers = [each.number for each in briefs.versions(token)]
    assert numbers[:10] == list(range(35, 25, -1))
    last = {}
    for number in range(1, 26):
        last[days[number]] = number
    assert sorted(numbers[10:]) == sorted(last.values())
    assert briefs.load_version(token, numbers[-1]) == {"n": numbers[-1]}
    assert save(briefs, token, {"n": 99}) == [36]


def test_who_saves_last_is_the_latest_and_nobodys_version_is_lost(url, opened):
    ours = [Briefs(opened(url)) for _ in range(2)]
    token = ours[0].create()
    ready = threading.Barrier(8)

    def call(thread):
        ready.wait()
        return [(save(ours[thread % 2], token, {"by": thread, "n": n})[0], thread, n) for n in range(6)]

    with ThreadPoolExecutor(8) as pool:
        saved = sorted(each for thread in pool.map(call, range(8)) for each in thread)
    assert [number for number, _, _ in saved] == list(range(1, 49))
    assert {each.number for each in ours[0].versions(token)} == set(range(1, 49))
    for number, thread, n in saved:
        assert ours[1].load_version(token, number) == {"by": thread, "n": n}
    assert ours[1].load(token).state == {"by": saved[-1][1], "n": saved[-1][2]}


def test_one_save_sent_by_many_at_once_is_one_version(url, opened):
    ours = [Briefs(opened(url)) for _ in range(2)]
    token = ours[0].create()
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda n: ours[n % 2].save(token, {"a": 1, "n": n}, client_key="same"), range(16)))
    assert set(numbers) == {1}
    assert len(ours[0].versions(token)) == 1


def test_saving_while_it_is_deleted_leaves_nothing_behind(url, opened):
    ours = [Briefs(opened(url)) for _ in range(2)]
    for _ in range(5):
        token = ours[0].create()
        ready = threading.Barrier(4)

        def call(thread, token=token, ready=ready):
            ready.wait()
            try:
                return ours[1].delete(token) if thread == 0 else save(ours[0], token, {"by": thread})
            except Refusal as refused:
                return refused.code

        with ThreadPoolExecutor(4) as pool:
            gave = list(pool.map(call, range(4)))
        assert gave[0] is None
        assert {each for each in gave if isinstance(each, str)} <= {"no_brief"}
    assert set(rows(opened(url)).values()) == {0}


def test_a_brief_survives_a_restart(url, opened):
    first = opened(url)
    token = Briefs(first).create()
    save(Briefs(first), token, {"a": 1})
    first.close()
    assert Briefs(opened(url)).load(token).state == {"a": 1}


WRITER = """
import sys
from aipm.brief.database import Database
from aipm.brief.store import Briefs
briefs = Briefs(Database(sys.argv[1]))
token = briefs.create()
print(token, flush=True)
for number in range(1_000_000):
    print(briefs.save(token, {"n": number}, client_key=str(number)), flush=True)
"""


def test_what_was_acknowledged_survives_a_kill(url, opened):
    with subprocess.Popen([sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True) as process:
        token = process.stdout.readline().strip()
        acknowledged = [int(process.stdout.readline()) for _ in range(10)]
        process.kill()
        acknowledged += [int(line) for line in process.stdout if line.endswith("\n")]
    briefs = Briefs(opened(url))
    for number in acknowledged[-100:]:
        assert briefs.load_version(token, number) == {"n": number - 1}
    assert briefs.load(token).number in (acknowledged[-1], acknowledged[-1] + 1)


def on_disk(url):
    """Every byte of the database's files."""
    file = Path(sa.make_url(url).database)
    return b"".join(each.read_bytes() for each in sorted(file.parent.iterdir()))


def packed(database):
    """What is written of every version, in the order of their numbers."""
    with database.read() as connection:
        return connection.scalars(sa.select(store._VERSIONS.c.state).order_by(store._VERSIONS.c.number)).all()


def pieces(blob):
    """Some that are short enough to lie in one page, and long enough to be nothing else."""
    return [blob[start : start + 12] for start in range(8, len(blob) - 12, 97)]


def test_nothing_on_disk_tells_a_token(sqlite_url, opened):
    briefs = Briefs(opened(sqlite_url))
    token = briefs.create()
    shared = briefs.share(token)
    briefs.save(token, {"a": 1}, client_key="the client's own key")
    written = on_disk(sqlite_url)
    assert store.hashed(token).encode() in written
    assert not [each for each in (token, shared, "the client's own key") if each.encode() in written]


@pytest.mark.parametrize("length", [200, 3_000, 60_000])
def test_the_bytes_of_a_deleted_brief_are_gone_from_the_files(sqlite_url, opened, length):
    database = opened(sqlite_url)
    briefs = Briefs(database)
    neighbours = [briefs.create() for _ in range(3)]
    token = briefs.create()
    for round_ in range(6):
        save(briefs, token, {"a": text(length)}, label=f"label-{round_}-of-ours")
    ours = [piece for blob in packed(database) for piece in pieces(blob)]
    for round_ in range(6):
        for each in neighbours:
            save(briefs, each, {"b": text(300 * round_)}, label="label-of-others")
    shared = briefs.share(token)
    hashes = [store.hashed(each).encode() for each in (token, shared)]
    written = on_disk(sqlite_url)
    assert sum(each in written for each in ours) > 0.95 * len(ours) > 6  # the others lie across two pages
    assert all(each in written for each in [*hashes, b"label-3-of-ours"])
    briefs.delete(token)
    written = on_disk(sqlite_url)
    assert not [each for each in [*ours, *hashes, b"-of-ours"] if each in written]
    assert b"label-of-others" in written
    assert all(briefs.load(each).number == 6 for each in neighbours)


def test_nothing_is_left_whatever_was_saved_before_and_beside_it(tmp_path):
    """Rows of all sizes come and go in any order, so that pages split, merge and move."""
    chance = random.Random(4)
    database = Database(f"sqlite:///{tmp_path / 'kept' / 'aipm.sqlite'}")
    briefs = Briefs(database)
    held = {}
    for round_ in range(60):
        token, mark = briefs.create(), f"mark-{round_:03}-"
        held[token] = mark
        for number in range(chance.randint(1, 6)):
            briefs.save(token, {"a": text(chance.choice([50, 900, 5_000]))}, client_key=str(number), label=mark * 8)
        if chance.random() < 0.6:
            gone = chance.choice(list(held))
            mark = held.pop(gone)
            assert mark.encode() in on_disk(str(database._url))
            briefs.delete(gone)
            written = on_disk(str(database._url))
            assert mark.encode() not in written
            assert store.hashed(gone).encode() not in written
    assert all(each.encode() in on_disk(str(database._url)) for each in held.values())
    database.close()


def test_the_bytes_of_an_expired_brief_are_gone_too(sqlite_url, opened, clock):
    briefs = Briefs(opened(sqlite_url))
    save(briefs, briefs.create(), {"a": 1}, label="label-of-ours")
    clock.wait(days=90)
    assert briefs.sweep() == 1
    assert b"label-of-ours" not in on_disk(sqlite_url)


def test_bytes_are_gone_once_nobody_reads_them_any_more(sqlite_url, opened, monkeypatch):
    monkeypatch.setattr("aipm.brief.database.SCRUB", 0.01)
    briefs = Briefs(opened(sqlite_url))
    token = briefs.create()
    save(briefs, token, {"a": 1}, label="label-of-ours")
    with opened(sqlite_url).read() as reader:
        assert reader.scalar(sa.select(store._VERSIONS.c.label)) == "label-of-ours"
        with ThreadPoolExecutor(1) as pool:
            pool.submit(briefs.delete, token).result()
        assert reader.scalar(sa.select(store._VERSIONS.c.label)) == "label-of-ours"
    assert b"label-of-ours" in on_disk(sqlite_url)
    assert briefs.sweep() == 0
    assert b"label-of-ours" not in on_disk(sqlite_url)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_every_state_comes_back_as_it_was(opened):
    briefs = Briefs(opened("sqlite://"))

    @given(st.lists(st.dictionaries(st.text(), PLAIN, max_size=4), min_size=1, max_size=5))
    def check(states):
        token = briefs.create()
        for state, number in zip(states, save(briefs, token, *states), strict=True):
            assert briefs.load_version(token, number) == state
        assert briefs.load(token).state == states[-1]
        briefs.delete(token)

    check()


def test_half_a_character_is_kept_as_it_is(briefs):
    token = briefs.create()
    save(briefs, token, {"\ud83d": "\x00 \udc00"})
    assert briefs.load(token).state == {"\ud83d": "\x00 \udc00"}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"bytes", timedelta(1)])
def test_what_would_not_come_back_as_it_was_is_a_mistake(briefs, value):
    token = briefs.create()
    with pytest.raises((TypeError, ValueError)):
        briefs.save(token, {"a": value}, client_key="k")
    assert briefs.load(token).number == 0
