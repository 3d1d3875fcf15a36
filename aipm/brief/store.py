"""Where briefs are kept: under tokens that nobody can guess, version after version, until they expire or are deleted.

There is no list of briefs: without one of its tokens a brief cannot be found, and only hashes of tokens are kept.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from aipm.brief.database import Database, Moment, Schema, hashed, new_token
from aipm.brief.settings import KEEP_DAYS
from aipm.content.visible import visible
from aipm.tables import Refusal

LARGEST: Final = 2_000_000
"""Bytes of a brief as JSON."""
KEPT: Final = 200
"""The latest versions that are all kept; of older ones the last of each day is, and each that has a name."""
LABEL: Final = 200
"""Characters."""
OFTEN: Final = timedelta(hours=1)
"""How often saving looks for briefs that have expired."""

_SCHEMA = Schema(name="briefs", tables=sa.MetaData())
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_BRIEFS = sa.Table(
    "briefs",
    _SCHEMA.tables,
    sa.Column("id", _NUMBER, primary_key=True),
    sa.Column("created", Moment, nullable=False),
    sa.Column("saved", Moment, nullable=False),
    sa.Column("expires", Moment, nullable=False, index=True),
    sa.Column("number", sa.Integer, nullable=False),  # of the latest version; 0 before the first
)
_TOKENS = sa.Table(
    "tokens",
    _SCHEMA.tables,
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("brief", sa.ForeignKey(_BRIEFS.c.id, ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("writes", sa.Boolean, nullable=False),
)
_VERSIONS = sa.Table(
    "versions",
    _SCHEMA.tables,
    sa.Column("brief", sa.ForeignKey(_BRIEFS.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("label", sa.Text),
    sa.Column("restored_from", sa.Integer),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("state", sa.LargeBinary, nullable=False),  # last, so that lists do not read past it
)
_SAVES = sa.Table(
    "saves",
    _SCHEMA.tables,
    sa.Column("brief", _NUMBER, primary_key=True),
    sa.Column("client_key", sa.String(64), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.ForeignKeyConstraint(["brief", "number"], [_VERSIONS.c.brief, _VERSIONS.c.number], ondelete="CASCADE"),
    sa.Index("saves_by_version", "brief", "number"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A brief as it was saved last."""

    state: dict[str, Any]
    """Empty before the first save."""
    number: int
    """Of its version; 0 before the first save."""
    saved: datetime
    """When; when it was made, before the first save."""
    expires: datetime
    read_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of the states that a brief was in."""

    number: int
    at: datetime
    size: int
    """Bytes as JSON."""
    label: str | None
    restored_from: int | None
    """The number of the version that this one brought back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What is written of a state."""

    packed: bytes
    digest: str
    size: int


class Briefs:
    """The briefs in one database.

    Raises Refusal: no_brief (no such token, expired or deleted: which of them is told to nobody), read_only,
    no_version, too_large; and what Database raises.
    """

    def __init__(self, database: Database, *, keep_days: int = KEEP_DAYS) -> None:
        self._database = database
        self._keep = timedelta(days=keep_days)
        self._swept: datetime | None = None
        database.prepare(_SCHEMA)

    def create(self) -> str:
        """A new, empty brief: its token, which is told once and cannot be found again."""
        token = new_token()
        self._sweep_now_and_then()
        self._database.transact(lambda connection: self._create(connection, hashed(token)))
        return token

    def _create(self, connection: sa.Connection, token: str) -> None:
        if connection.scalar(sa.select(_TOKENS.c.brief).where(_TOKENS.c.hash == token)) is not None:
            return  # this is a second try, and the first one was kept
        now = self._database.now()
        row = {"created": now, "saved": now, "expires": now + self._keep, "number": 0}
        brief = connection.scalar(sa.insert(_BRIEFS).values(row).returning(_BRIEFS.c.id))
        connection.execute(sa.insert(_TOKENS).values(hash=token, brief=brief, writes=True))

    def save(self, token: str, state: Mapping[str, Any], *, client_key: str, label: str | None = None) -> int:
        """Keep this state as the latest version, for the full time again: its number.

        `client_key`: the client's own name of this save; the same key again is the same version. A state that is the
        latest one already makes no new version. Who saves last is the latest; what others saved stays a version.
        """
        packed = _packed(state)
        self._sweep_now_and_then()
        return self._database.transact(
            lambda connection: self._save(connection, token, packed, key=hashed(client_key), label=label)
        )

    def _save(
        self,
        connection: sa.Connection,
        token: str,
        state: _State,
        *,
        key: str | None = None,
        label: str | None = None,
        restored_from: int | None = None,
    ) -> int:
        brief = self._find(connection, token, writes=True, alone=True)
        if key is not None:
            same = sa.select(_SAVES.c.number).where(_SAVES.c.brief == brief.id, _SAVES.c.client_key == key)
            if (found := connection.scalar(same)) is not None:
                return int(found)
        now = self._database.now()
        latest = sa.select(_VERSIONS.c.digest).where(_VERSIONS.c.brief == brief.id, _VERSIONS.c.number == brief.number)
        new = connection.scalar(latest) != state.digest
        number = int(brief.number) + new
        if new:
            connection.execute(
                sa.insert(_VERSIONS).values(
                    brief=brief.id,
                    number=number,
                    at=now,
                    size=state.size,
                    label=None if label is None else visible(label, limit=LABEL),
                    restored_from=restored_from,
                    digest=state.digest,
                    state=state.packed,
                )
            )
            _thin(connection, brief.id)
        if key is not None:
            connection.execute(sa.insert(_SAVES).values(brief=brief.id, client_key=key, number=number))
        later = {"number": number, "saved": now, "expires": now + self._keep}
        connection.execute(sa.update(_BRIEFS).where(_BRIEFS.c.id == brief.id).values(later))
        return number

    def load(self, token: str) -> Kept:
        """The latest version."""
        return self._database.transact(lambda connection: self._load(connection, token), writes=False)

    def _load(self, connection: sa.Connection, token: str) -> Kept:
        brief = self._find(connection, token)
        return Kept(
            state=_unpacked(_state(connection, brief.id, brief.number).state) if brief.number else {},
            number=brief.number,
            saved=brief.saved,
            expires=brief.expires,
            read_only=not brief.writes,
        )

    def number(self, token: str) -> int:
        """Of the latest version: whether it is worth loading."""
        return self._database.transact(lambda connection: int(self._find(connection, token).number), writes=False)

    def versions(self, token: str) -> tuple[Version, ...]:
        """All that are kept, the latest first; not for read-only tokens, as they may hold what was taken out since."""
        return self._database.transact(lambda connection: self._versions(connection, token), writes=False)

    def _versions(self, connection: sa.Connection, token: str) -> tuple[Version, ...]:
        brief = self._find(connection, token, writes=True)
        columns = [_VERSIONS.c[name] for name in ("number", "at", "size", "label", "restored_from")]
        chosen = sa.select(*columns).where(_VERSIONS.c.brief == brief.id).order_by(_VERSIONS.c.number.desc())
        return tuple(Version(**row) for row in connection.execute(chosen).mappings())

    def load_version(self, token: str, number: int) -> dict[str, Any]:
        """The state of one version."""

        def work(connection: sa.Connection) -> bytes:
            return bytes(_state(connection, self._find(connection, token, writes=True).id, number).state)

        return _unpacked(self._database.transact(work, writes=False))

    def restore(self, token: str, number: int) -> int:
        """Make an earlier version the latest: the number of the new one. What was the latest stays a version."""

        def work(connection: sa.Connection) -> int:
            earlier = _state(connection, self._find(connection, token, writes=True).id, number)
            state = _State(packed=earlier.state, digest=earlier.digest, size=earlier.size)
            return self._save(connection, token, state, label=earlier.label, restored_from=number)

        return self._database.transact(work)

    def label(self, token: str, number: int, label: str | None) -> None:
        """Call a version by this name; None takes the name away. A version with a name is kept however many follow."""

        def work(connection: sa.Connection) -> None:
            brief = self._find(connection, token, writes=True, alone=True).id
            found = _state(connection, brief, number)
            named = None if label is None else visible(label, limit=LABEL)
            chosen = sa.update(_VERSIONS).where(_VERSIONS.c.brief == brief, _VERSIONS.c.number == found.number)
            connection.execute(chosen.values(label=named))

        self._database.transact(work)

    def share(self, token: str) -> str:
        """A new token that only reads, and only the latest version."""
        shared = new_token()

        def work(connection: sa.Connection) -> None:
            brief = self._find(connection, token, writes=True, alone=True)
            row = {"hash": hashed(shared), "brief": brief.id, "writes": False}
            connection.execute(self._database.upsert(_TOKENS, row, key=["hash"], change=[]))

        self._database.transact(work)
        return shared

    def unshare(self, token: str) -> None:
        """End every token that only reads."""

        def work(connection: sa.Connection) -> None:
            brief = self._find(connection, token, writes=True)
            connection.execute(sa.delete(_TOKENS).where(_TOKENS.c.brief == brief.id, sa.not_(_TOKENS.c.writes)))

        self._database.transact(work)

    def delete(self, token: str) -> None:
        """Delete it for good: every version, every token, and their bytes in SQLite's files (`Database.scrub`)."""
        found = False

        def work(connection: sa.Connection) -> None:
            nonlocal found
            try:
                brief = self._find(connection, token, writes=True)
            except Refusal:
                if found:
                    return  # this is a second try, and the first one was kept
                raise
            found = True
            connection.execute(sa.delete(_BRIEFS).where(_BRIEFS.c.id == brief.id))

        self._database.transact(work)
        self._database.scrub()

    def sweep(self) -> int:
        """Delete for good what has expired: how many. What an earlier deletion could not scrub goes with it."""
        now = self._database.now()
        self._swept = now

        def work(connection: sa.Connection) -> int:
            return connection.execute(sa.delete(_BRIEFS).where(_BRIEFS.c.expires <= now)).rowcount

        gone = self._database.transact(work)
        self._database.scrub()
        return gone

    def _sweep_now_and_then(self) -> None:
        if self._swept is None or self._database.now() - self._swept >= OFTEN:
            self.sweep()

    def _find(self, connection: sa.Connection, token: str, *, writes: bool = False, alone: bool = False) -> sa.Row[Any]:
        """The brief of this token. `alone`: nobody else changes it until the transaction ends."""
        chosen = (
            sa.select(_BRIEFS, _TOKENS.c.writes)
            .join(_TOKENS, _TOKENS.c.brief == _BRIEFS.c.id)
            .where(_TOKENS.c.hash == hashed(token), _BRIEFS.c.expires > self._database.now())
        )
        if alone:
            chosen = chosen.with_for_update(of=_BRIEFS)  # nothing in SQLite, where only one writes
        brief = connection.execute(chosen).one_or_none()
        if brief is None:
            raise _refusal("no_brief")
        if writes and not brief.writes:
            raise _refusal("read_only")
        return brief


def _state(connection: sa.Connection, brief: int, number: int) -> sa.Row[Any]:
    chosen = sa.select(_VERSIONS).where(_VERSIONS.c.brief == brief, _VERSIONS.c.number == number)
    found = connection.execute(chosen).one_or_none()
    if found is None:
        raise _refusal("no_version")
    return found


def _thin(connection: sa.Connection, brief: int) -> None:
    """Of the versions before the latest KEPT, keep the last of each day (UTC), and those with a name."""
    chosen = sa.select(_VERSIONS.c.number, _VERSIONS.c.at, _VERSIONS.c.label).where(_VERSIONS.c.brief == brief)
    days: set[date] = set()
    gone = []
    for number, at, label in connection.execute(chosen.order_by(_VERSIONS.c.number.desc()).offset(KEPT)):
        if at.date() in days and label is None:
            gone.append(number)
        days.add(at.date())
    if gone:
        connection.execute(sa.delete(_VERSIONS).where(_VERSIONS.c.brief == brief, _VERSIONS.c.number.in_(gone)))


def _packed(state: Mapping[str, Any]) -> _State:
    """Raises TypeError or ValueError where it is not plain data, which would come back as something else."""
    text = json.dumps(dict(state), allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    written = text.encode("utf-8", "surrogatepass")
    if len(written) > LARGEST:
        raise _refusal("too_large")
    return _State(packed=zlib.compress(written), digest=hashlib.sha256(written).hexdigest(), size=len(written))


def _unpacked(packed: bytes) -> dict[str, Any]:
    state: dict[str, Any] = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    return state


_SAID = {
    "no_brief": ("There is no brief at this address.", "It may have expired or been deleted; start a new one."),
    "read_only": ("This address only shows the brief.", "Ask whoever shared it to change it."),
    "no_version": ("This version is not kept any more.", "Choose another one."),
    "too_large": (f"The brief is larger than {LARGEST // 1_000_000} MB.", "Take something out, then save again."),
}


def _refusal(code: str) -> Refusal:
    message, advice = _SAID[code]
    return Refusal(code, message, advice=advice)
