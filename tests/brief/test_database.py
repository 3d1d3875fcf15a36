"""The database: what is acknowledged is kept, by one code on SQLite, PostgreSQL and in memory."""

import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError, IntegrityError

from aipm.brief import connections, settings
from aipm.brief.database import Database, Health, Moment, Schema, hashed, new_token, shared
from aipm.tables import Refusal

TABLES = sa.MetaData()
COUNTS = sa.Table(
    "counts",
    TABLES,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("value", sa.Integer),
    sa.Column("at", Moment),
)
SCHEMA = Schema(name="counts", tables=TABLES)


@pytest.fixture
def prepared(database):
    database.prepare(SCHEMA)
    return database


def put(database, name="a", value=1, **options):
    with database.write() as connection:
        connection.execute(database.upsert(COUNTS, {"name": name, "value": value}, key=["name"], **options))


def held(database):
    with database.read() as connection:
        return dict(connection.execute(sa.select(COUNTS.c.name, COUNTS.c.value).order_by(COUNTS.c.name)).all())


def one_more(connection):
    value = connection.scalar(sa.select(COUNTS.c.value).where(COUNTS.c.name == "a").with_for_update())
    connection.execute(sa.update(COUNTS).where(COUNTS.c.name == "a").values(value=value + 1))


def together(*work):
    """All at once, each in a thread of its own; what each gave."""
    ready = threading.Barrier(len(work))

    def call(each):
        ready.wait()
        return each()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(call, work))


def test_what_was_written_is_read_and_what_failed_is_undone(prepared):
    put(prepared, value=1)

    def fail(connection):
        connection.execute(sa.update(COUNTS).values(value=2))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), prepared.write() as connection:
        fail(connection)
    with pytest.raises(ZeroDivisionError):
        prepared.transact(fail)
    assert held(prepared) == {"a": 1}


def test_reading_cannot_write(prepared):
    put(prepared)
    with pytest.raises(DBAPIError, match=r"read.?only"), prepared.read() as connection:
        connection.execute(sa.delete(COUNTS))
    put(prepared, "b")
    assert held(prepared) == {"a": 1, "b": 1}


def test_a_reader_sees_one_state_while_others_write(url, opened):
    database = opened(url)
    database.prepare(SCHEMA)
    put(database, value=1)
    with database.read() as connection:
        assert connection.scalar(sa.select(COUNTS.c.value)) == 1
        together(lambda: put(database, value=2))
        assert connection.scalar(sa.select(COUNTS.c.value)) == 1
    assert held(database) == {"a": 2}


def test_a_transaction_in_a_transaction_is_a_mistake_and_leaves_the_outer_one_whole(prepared):
    with prepared.write() as connection:
        with pytest.raises(RuntimeError, match="inside a transaction"):
            held(prepared)
        connection.execute(sa.insert(COUNTS).values(name="a", value=1))
    assert held(prepared) == {"a": 1}


def test_an_upsert_changes_what_is_there(prepared):
    put(prepared, value=1)
    put(prepared, value=2)
    assert held(prepared) == {"a": 2}
    put(prepared, value=3, change=[])
    assert held(prepared) == {"a": 2}
    with prepared.write() as connection:
        rows = [{"name": name, "value": 5, "at": prepared.now()} for name in "ab"]
        connection.execute(prepared.upsert(COUNTS, rows, key=["name"], change=["at"]))
    assert held(prepared) == {"a": 2, "b": 5}
    with prepared.read() as connection:
        assert set(connection.scalars(sa.select(COUNTS.c.at))) == {prepared.now()}


def test_an_upsert_says_whether_it_did_anything(prepared):
    def rows(**options):
        values = [{"name": name, "value": 1} for name in "ab"]
        with prepared.write() as connection:
            return connection.execute(prepared.upsert(COUNTS, values, key=["name"], **options)).rowcount

    put(prepared, "a")
    assert [rows(change=[]), rows(change=[]), rows()] == [1, 0, 2]


def test_threads_lose_no_write(prepared):
    put(prepared, value=0)
    together(*[lambda: [prepared.transact(one_more) for _ in range(25)]] * 8)
    assert held(prepared) == {"a": 200}


def test_two_processes_lose_no_write(url, opened):
    databases = [opened(url), opened(url)]
    together(*[lambda each=each: each.prepare(SCHEMA) for each in databases * 3])
    put(databases[0], value=0)
    together(*[lambda each=each: [each.transact(one_more) for _ in range(10)] for each in databases * 3])
    assert held(databases[0]) == held(databases[1]) == {"a": 60}


def test_work_is_done_again_where_the_connection_broke(postgresql_url, opened):
    database = opened(postgresql_url)
    database.prepare(SCHEMA)
    put(database, value=0)
    tries = []

    def work(connection):
        tries.append(connection.scalar(sa.select(sa.func.pg_backend_pid())))
        one_more(connection)
        if len(tries) == 1:
            connection.execute(sa.select(sa.func.pg_terminate_backend(tries[0])))
        return len(tries)

    assert database.transact(work) == 2
    assert held(database) == {"a": 1}
    tries.clear()
    with pytest.raises(Refusal) as refused, database.write() as connection:
        work(connection)
    assert refused.value.code == "store_unreachable"
    assert held(database) == {"a": 1}


def test_connections_that_broke_while_nobody_used_them_are_replaced(postgresql_server, postgresql_url, opened):
    database = opened(postgresql_url)
    database.prepare(SCHEMA)
    put(database)
    postgresql_server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'aipm'")
    put(database, "b")
    assert held(database) == {"a": 1, "b": 1}


def test_who_waits_for_each_other_is_parted_and_both_are_done(postgresql_url, opened):
    database = opened(postgresql_url)
    database.prepare(SCHEMA)
    put(database, "a", 0)
    put(database, "b", 0)
    met = threading.Barrier(2)
    first = threading.local()

    def both(names):
        def work(connection):
            for name in names:
                row = COUNTS.c.name == name
                connection.execute(sa.update(COUNTS).where(row).values(value=COUNTS.c.value + 1))
                if not getattr(first, "met", False):
                    first.met = True
                    met.wait()

        return lambda: database.transact(work)

    together(both("ab"), both("ba"))
    assert held(database) == {"a": 2, "b": 2}


def test_tables_are_brought_forward_once(url, opened):
    database = opened(url)
    database.prepare(SCHEMA)
    put(database, value=1)
    done = []

    def add_column(connection):
        done.append(1)
        connection.execute(sa.text("ALTER TABLE counts ADD COLUMN unit VARCHAR(10)"))

    def name_unit(connection):
        connection.execute(sa.text("UPDATE counts SET unit = 'dots'"))

    later = Schema(name="counts", tables=TABLES, steps=(add_column, name_unit))
    assert later.version == 3
    others = [opened(url) for _ in range(4)]
    together(*[lambda each=each: each.prepare(later) for each in others])
    assert done == [1]
    with others[0].read() as connection:
        assert connection.execute(sa.text("SELECT value, unit FROM counts")).one() == (1, "dots")
    with pytest.raises(Refusal) as refused:
        opened(url).prepare(SCHEMA)
    assert refused.value.code == "store_newer"


def test_a_step_that_fails_leaves_everything_as_it_was(url, opened):
    opened(url).prepare(SCHEMA)

    def half(connection):
        connection.execute(sa.text("ALTER TABLE counts ADD COLUMN unit VARCHAR(10)"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        opened(url).prepare(Schema(name="counts", tables=TABLES, steps=(half,)))
    database = opened(url)
    database.prepare(SCHEMA)
    with pytest.raises(DBAPIError, match="unit"), database.read() as connection:
        connection.execute(sa.text("SELECT unit FROM counts"))


MINUTE = timedelta(minutes=1)


def test_attempts_are_limited_in_any_span(database, clock):
    def attempt(key="203.0.113.7"):
        return database.allowed(key, most=3, within=MINUTE)

    assert attempt() is None
    clock.wait(seconds=30)
    assert attempt() is None
    assert attempt() is None
    assert attempt() == timedelta(seconds=30)
    assert attempt("203.0.113.8") is None
    clock.wait(seconds=29)
    assert attempt() == timedelta(seconds=1)
    clock.wait(seconds=1)
    assert attempt() is None
    assert attempt() == timedelta(seconds=30)


def test_processes_count_attempts_together_and_forget_them(url, opened, clock):
    databases = [opened(url), opened(url)]
    gave = together(*[lambda each=each: each.allowed("key", most=5, within=MINUTE) for each in databases * 6])
    assert gave.count(None) == 5
    clock.wait(minutes=1)
    assert databases[0].allowed("other", most=5, within=MINUTE) is None
    with databases[0].read() as connection:
        assert connection.scalars(sa.text("SELECT key FROM attempts")).all() == [hashed("other")]


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30))])))
def test_a_moment_comes_back_as_it_was(moment):
    kind = Moment()
    kept = kind.process_bind_param(moment, sa.create_mock_engine("sqlite://", print).dialect)
    found = kind.process_result_value(kept, sa.create_mock_engine("sqlite://", print).dialect)
    assert found == moment
    assert found.tzinfo is UTC


def test_moments_without_a_time_zone_are_a_mistake():
    with pytest.raises(TypeError):
        Moment().process_bind_param(datetime(2026, 11, 21), None)  # noqa: DTZ001 - it is what must fail


def test_tokens_cannot_be_guessed_and_only_their_hash_is_kept():
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(each) for each in tokens} == {43}
    assert hashed("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, B.1
    assert len(hashed("\ud800")) == 64


def test_sqlite_is_set_to_survive_a_power_cut(sqlite_url, opened):
    database = opened(sqlite_url)
    database.prepare(SCHEMA)
    for transaction in (database.write, database.read):
        with transaction() as connection:
            asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout", "temp_store")
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked}
        expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
        assert found == {**expected, "busy_timeout": 30_000, "temp_store": 2}


def test_only_who_runs_the_app_can_open_its_files(sqlite_url, opened):
    database = opened(sqlite_url)
    database.prepare(SCHEMA)
    file = Path(sa.make_url(sqlite_url).database)
    with database.write() as connection:
        connection.execute(sa.insert(COUNTS).values(name="a"))
        files = list(file.parent.iterdir())
        assert {each.name for each in files} == {f"aipm.sqlite{end}" for end in ("", "-wal", "-shm")}
        assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_memory_leaves_nothing_on_disk_and_is_shared_by_threads(tmp_path, monkeypatch, opened):
    monkeypatch.chdir(tmp_path)
    database = opened("sqlite://")
    database.prepare(SCHEMA)
    together(*[lambda name=name: put(database, name) for name in "abcd"])
    assert held(database) == dict.fromkeys("abcd", 1)
    assert not list(tmp_path.iterdir())


def test_one_database_for_each_address():
    first, *others = together(*[lambda: shared("sqlite://")] * 8)
    assert all(each is first for each in others)
    first.close()


def test_it_says_that_it_is_well(database):
    assert database.health() == Health(kind=database.kind)


@pytest.mark.parametrize(
    "address", ["mysql://root:geheim@localhost/x", "sqlite:///x?mode=geheim", "geheim", "postgresql://a:geheim@h:p/x"]
)
def test_an_address_that_cannot_be_used_is_refused_and_not_repeated(address):
    with pytest.raises(Refusal) as refused:
        Database(address)
    assert refused.value.code == "store_address"
    assert refused.value.__cause__ is None
    assert "geheim" not in f"{refused.value}{refused.value.advice}"


@pytest.mark.parametrize("start", ["postgres", "postgresql", "postgresql+psycopg"])
def test_addresses_as_hosts_hand_them_out(start):
    database = Database(f"{start}://user:geheim@host:5432/name?sslmode=require")
    assert database.kind == "postgresql"
    assert "geheim" not in repr(database)


def refusal_of(call):
    with pytest.raises(Refusal) as refused:
        call()
    assert refused.value.message
    assert refused.value.advice
    return refused.value.code


def test_a_place_that_cannot_be_written_to(tmp_path, opened):
    (tmp_path / "file").touch()
    database = opened(f"sqlite:///{tmp_path}/file/aipm.sqlite")
    assert refusal_of(lambda: database.prepare(SCHEMA)) == "store_unwritable"
    assert database.health() == Health(kind="sqlite", code="store_unwritable")
    (tmp_path / "directory").mkdir()
    assert refusal_of(lambda: opened(f"sqlite:///{tmp_path}/directory").prepare(SCHEMA)) == "store_unwritable"


def test_a_file_that_is_no_database(tmp_path, opened):
    (tmp_path / "aipm.sqlite").write_bytes(b"no database " * 1000)
    assert refusal_of(lambda: opened(f"sqlite:///{tmp_path}/aipm.sqlite").prepare(SCHEMA)) == "store_broken"
    assert (tmp_path / "aipm.sqlite").read_bytes() == b"no database " * 1000


def test_a_full_disk_loses_nothing_that_was_saved(sqlite_url, opened):
    database = opened(sqlite_url)
    database.prepare(SCHEMA)
    put(database)

    def fill():
        with database.write() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 10")
            connection.execute(sa.insert(COUNTS), [{"name": str(number)} for number in range(10_000)])

    assert refusal_of(fill) == "store_full"
    assert held(database) == {"a": 1}


def test_another_process_that_writes_for_too_long(sqlite_url, opened, monkeypatch):
    monkeypatch.setattr(connections, "BUSY", 0.01)
    database = opened(sqlite_url, patience=0.05)
    database.prepare(SCHEMA)
    other = sqlite3.connect(sa.make_url(sqlite_url).database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert refusal_of(lambda: put(database)) == "store_busy"
    assert held(database) == {}
    other.execute("ROLLBACK")
    other.close()
    put(database)
    assert held(database) == {"a": 1}


def test_a_writer_waits_for_another_process_to_finish(sqlite_url, opened, monkeypatch):
    monkeypatch.setattr(connections, "BUSY", 0.01)
    database = opened(sqlite_url)
    database.prepare(SCHEMA)
    other = sqlite3.connect(sa.make_url(sqlite_url).database, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    asked = threading.Event()

    def end():
        asked.wait()
        other.execute("ROLLBACK")

    def write():
        asked.set()
        put(database)

    together(end, write)
    other.close()
    assert held(database) == {"a": 1}


def test_a_server_that_does_not_answer(opened):
    database = opened("postgresql://user:geheim@127.0.0.1:1/name", patience=0.05)
    assert refusal_of(lambda: put(database)) == "store_unreachable"
    assert database.health() == Health(kind="postgresql", code="store_unreachable")


def test_a_database_that_is_not_there(postgresql_server, opened):
    database = opened(postgresql_server.url("nowhere"), patience=0.05)
    assert refusal_of(lambda: put(database)) == "store_unreachable"


def test_a_user_who_may_not_make_tables_or_write(postgresql_server, postgresql_url, opened):
    name = sa.make_url(postgresql_url).database
    postgresql_server.execute(f"CREATE ROLE guest_{name} LOGIN")
    postgresql_server.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC", name=name)
    guest = opened(postgresql_server.url(name, user=f"guest_{name}"))
    assert refusal_of(lambda: guest.prepare(SCHEMA)) == "store_forbidden"
    opened(postgresql_url).prepare(SCHEMA)
    postgresql_server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    assert refusal_of(lambda: put(opened(postgresql_url))) == "store_forbidden"
    assert held(opened(postgresql_url)) == {}


def test_errors_of_ours_quote_no_values(prepared):
    put(prepared)
    with pytest.raises(IntegrityError) as broken, prepared.write() as connection:
        connection.execute(sa.insert(COUNTS).values(name="a", value=4711))
    assert "4711" not in str(broken.value)


def test_settings_from_the_environment(tmp_path):
    found = settings.read({"HOME": "/home/pm"})
    assert found.url == "sqlite:////home/pm/.local/share/aipm/aipm.sqlite"
    assert found.keep_days == 90
    assert settings.read({"HOME": "/home/pm", "XDG_DATA_HOME": "/data"}).url == "sqlite:////data/aipm/aipm.sqlite"
    assert settings.read({"HOME": "/home/pm", "XDG_DATA_HOME": "data"}).url == found.url
    assert settings.read({"AIPM_DATA_DIR": str(tmp_path)}).data_directory == tmp_path
    assert settings.read({"AIPM_KEEP": "memory", "AIPM_KEEP_DAYS": "7"}) == settings.Settings(
        url="sqlite://", keep_days=7
    )
    secret = settings.read({"AIPM_DATABASE_URL": "postgresql://u:geheim@h/n"})
    assert secret.url.endswith("geheim@h/n")
    assert "geheim" not in repr(secret)


def test_a_user_without_a_home_is_asked_for_a_directory(monkeypatch):
    def nowhere():
        raise RuntimeError

    monkeypatch.setattr(settings.Path, "home", nowhere)
    assert refusal_of(lambda: settings.read({})) == "settings"


def test_the_usual_place_is_made_for_its_owner_alone(tmp_path, opened):
    found = settings.read({"HOME": str(tmp_path)})
    assert not list(tmp_path.iterdir())
    opened(found.url).prepare(SCHEMA)
    assert stat.S_IMODE((tmp_path / ".local" / "share" / "aipm").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "told",
    [
        {"AIPM_KEEP": "memory", "AIPM_DATABASE_URL": "postgresql://h/n"},
        {"AIPM_KEEP": "nothing"},
        {"AIPM_KEEP_DAYS": "0"},
        {"AIPM_KEEP_DAYS": "ninety"},
        {"AIPM_KEEP_DAYS": "4000"},
        {"AIPM_KEEP_DAYS": "-1"},
    ],
)
def test_settings_that_make_no_sense_are_refused(told):
    assert refusal_of(lambda: settings.read({"HOME": "/home/pm", **told})) == "settings"
