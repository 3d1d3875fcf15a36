"""The tables that rooms are kept in. Of tokens only hashes are kept; a room takes all that is in it along."""

import sqlalchemy as sa

from aipm.brief.database import Moment, Schema

_ALL = sa.MetaData()
_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _within(table: str, *, null: bool = False) -> sa.Column[int]:
    name = {"room_rooms": "room", "room_activities": "activity", "room_people": "person"}[table]
    return sa.Column(name, _Id, sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=null, index=True)


rooms = sa.Table(
    "room_rooms",
    _ALL,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("code", sa.String(12), nullable=False, unique=True),
    sa.Column("facilitator", sa.String(64), nullable=False, unique=True),
    sa.Column("presenter", sa.String(64), nullable=False, unique=True),
    sa.Column("template", sa.String(40), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("sheet", sa.JSON, nullable=False),
    sa.Column("progress", sa.JSON, nullable=False),
    sa.Column("tables", sa.JSON, nullable=False),
    sa.Column("created", Moment, nullable=False),
    sa.Column("expires", Moment, nullable=False, index=True),
    sa.Column("ended", Moment),
    sa.Column("version", sa.Integer, nullable=False, default=1),
    sa.Column("steps", sa.Integer, nullable=False, default=1),
    sqlite_autoincrement=True,
)
"""`version` rises with every change, `steps` with every one that all participants see."""

people = sa.Table(
    "room_people",
    _ALL,
    sa.Column("id", _Id, primary_key=True),
    _within("room_rooms"),
    sa.Column("token", sa.String(64), unique=True),
    sa.Column("name", sa.Text),
    sa.Column("table", sa.Text),
    sa.Column("joined", Moment, nullable=False),
    sqlite_autoincrement=True,
)
"""Without a token: somebody for whom the facilitator enters."""

activities = sa.Table(
    "room_activities",
    _ALL,
    sa.Column("id", _Id, primary_key=True),
    _within("room_rooms"),
    sa.Column("key", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("spec", sa.JSON, nullable=False),
    sa.Column("state", sa.String(10), nullable=False, default="draft"),
    sa.Column("round", sa.Integer, nullable=False, default=1),
    sa.UniqueConstraint("room", "key"),
    sqlite_autoincrement=True,
)

answers = sa.Table(
    "room_answers",
    _ALL,
    sa.Column("id", _Id, primary_key=True),
    _within("room_activities"),
    _within("room_people"),
    sa.Column("item", sa.String(120), nullable=False),
    sa.Column("value", sa.JSON, nullable=False),
    sa.Column("at", sa.Integer, nullable=False),
    sa.UniqueConstraint("activity", "person", "item"),
    sqlite_autoincrement=True,
)
"""`at`: the room's version that it made."""

cards = sa.Table(
    "room_cards",
    _ALL,
    sa.Column("id", _Id, primary_key=True),
    _within("room_activities"),
    _within("room_people"),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("stage", sa.Text),
    sa.Column("tag", sa.String(40)),
    sa.Column("hidden", sa.Boolean, nullable=False, default=False),
    sa.Column("into", _Id, sa.ForeignKey("room_cards.id", ondelete="SET NULL")),
    sqlite_autoincrement=True,
)

dots = sa.Table(
    "room_dots",
    _ALL,
    sa.Column("id", _Id, primary_key=True),
    _within("room_activities"),
    _within("room_people"),
    sa.Column("target", sa.String(40), nullable=False),
    sqlite_autoincrement=True,
)

writes = sa.Table(
    "room_writes",
    _ALL,
    sa.Column("id", _Id, primary_key=True),
    _within("room_rooms"),
    sa.Column("actor", sa.String(64), nullable=False),
    sa.Column("client_key", sa.String(80), nullable=False),
    sa.Column("made", sa.String(40)),
    sa.UniqueConstraint("room", "actor", "client_key"),
    sqlite_autoincrement=True,
)
"""What was written under a client's key, with the number or key of what it made: written again, it is found here."""

log = sa.Table(
    "room_log",
    _ALL,
    sa.Column("id", _Id, primary_key=True),
    _within("room_rooms"),
    sa.Column("at", Moment, nullable=False),
    sa.Column("command", sa.String(40), nullable=False),
    sa.Column("about", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)
"""What the facilitator did: names of ours and numbers, nothing that was typed."""

SCHEMA = Schema(name="room", tables=_ALL)
