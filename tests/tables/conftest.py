"""What the tests of the text reader share: a text goes in, names, rows and the account come out."""

from types import SimpleNamespace

import pytest

from aipm.tables.model import Limits, ReadOptions
from aipm.tables.text import read_text


@pytest.fixture(scope="session")
def read():
    """Read a text (a str is UTF-8): its names, its rows, the reading, and the codes of the warnings with counts."""

    def reading(data, *, limits=None, **options):
        data = data.encode() if isinstance(data, str) else data
        names, table, account = read_text(data, ReadOptions(**options), limits or Limits())
        assert table.column_names == [f"c{place}" for place in range(len(names))]
        assert not any(column.null_count for column in table.columns)
        columns = [column.to_pylist() for column in table.columns]
        return SimpleNamespace(
            names=list(names),
            rows=[list(row) for row in zip(*columns, strict=True)],
            reading=account,
            codes={warning.code: warning.count for warning in account.warnings},
        )

    return reading
