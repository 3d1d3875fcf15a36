"""Every subgroup of up to four columns, and sums over its rows, from the combinations of values that occur.

The marginals of a data cube, each added up from the smallest one that holds it (Agarwal and others 1996, VLDB).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import prod

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.spec import Group

Array = NDArray[np.float64]
Index = NDArray[np.int64]
MOST_DENSE = 4_000_000
"""Numbers up to this are told apart by marking them; more by sorting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """All subgroups of one combination of columns. `codes` are their values as mixed-radix numbers, rising."""

    columns: tuple[int, ...]
    codes: Index
    source: int
    """The node it is added up from, by its place in the list; −1: the cells themselves."""
    place: NDArray[np.int32]
    """Entry of the source -> entry of this node."""
    start: int
    """Where its subgroups begin in the list of all; −1 where it only serves others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lattice:
    """All subgroups; the first is everybody. `parents[k]` are the subgroups with one condition less (−1: no more)."""

    sizes: tuple[int, ...]
    nodes: tuple[Node, ...]
    depths: NDArray[np.int8]
    parents: Index

    def add_up(self, cells: Array) -> Array:
        """Cells × amounts -> subgroups × amounts."""
        found = np.empty((len(self.depths), cells.shape[1]))
        found[0] = cells.sum(axis=0)
        for k in range(cells.shape[1]):
            amounts = np.ascontiguousarray(cells[:, k])
            if not amounts.any():
                found[:, k] = 0
                continue
            for node, sums in zip(self.nodes, self.sums(amounts), strict=True):
                if node.start >= 0:
                    found[node.start : node.start + len(sums), k] = sums
        return found

    def sums(self, amounts: Array) -> Iterator[Array]:
        """One amount a cell, added up to the entries of each node in turn."""
        kept: list[Array] = []
        for node in self.nodes:
            source = amounts if node.source < 0 else kept[node.source]
            sums: Array = np.bincount(node.place, source, len(node.codes)).astype(np.float64, copy=False)
            kept.append(sums)
            yield sums

    def conditions(self, subgroup: int) -> tuple[tuple[int, int], ...]:
        """A subgroup as (column, value) places."""
        if subgroup == 0:
            return ()
        node = next(n for n in self.nodes if 0 <= n.start <= subgroup < n.start + len(n.codes))
        return _digits(int(node.codes[subgroup - node.start]), node.columns, self.sizes)

    def named(self, subgroup: int, columns: tuple[str, ...], values: tuple[tuple[str | None, ...], ...]) -> Group:
        """A subgroup as people read it."""
        return tuple((columns[i], values[i][digit]) for i, digit in self.conditions(subgroup))

    def members(self, subgroup: int, codes: Index) -> NDArray[np.bool_]:
        """Which cells belong to a subgroup."""
        inside = np.ones(len(codes), dtype=bool)
        for column, digit in self.conditions(subgroup):
            inside &= codes // prod(self.sizes[column + 1 :]) % self.sizes[column] == digit
        return inside


def lattice(codes: Index, sizes: tuple[int, ...], depth: int) -> Lattice:
    """The subgroups of up to `depth` columns. `codes` are the cells as mixed-radix numbers."""
    every = tuple(range(len(sizes)))
    nodes: list[Node] = []
    count = 1
    for level in range(len(sizes), 0, -1):
        for columns in combinations(every, level):
            wanted = level <= depth
            space = prod(sizes[i] for i in columns)
            if not wanted and 2 * space > len(codes):
                continue  # it would hardly be smaller than the cells
            holding = [k for k, node in enumerate(nodes) if {*columns} < {*node.columns}]
            source = min(holding, key=lambda k: len(nodes[k].codes), default=-1)
            inner, within = (codes, every) if source < 0 else (nodes[source].codes, nodes[source].columns)
            if columns == every:
                different, place = _numbered(codes, space)
            else:
                different, place = _numbered(_narrowed(inner, within, columns, sizes), space)
            nodes.append(
                Node(columns=columns, codes=different, source=source, place=place, start=count if wanted else -1)
            )
            count += len(different) if wanted else 0
    depths = np.zeros(count, dtype=np.int8)
    for node in nodes:
        if node.start >= 0:
            depths[node.start : node.start + len(node.codes)] = len(node.columns)
    return Lattice(
        sizes=sizes, nodes=tuple(nodes), depths=depths, parents=_parents(nodes, sizes, count, min(depth, len(sizes)))
    )


def _parents(nodes: list[Node], sizes: tuple[int, ...], count: int, depth: int) -> Index:
    found = np.full((count, depth), -1)
    kept = {node.columns: node for node in nodes if node.start >= 0}
    for columns, node in kept.items():
        ours = slice(node.start, node.start + len(node.codes))
        for slot, column in enumerate(columns):
            fewer = tuple(i for i in columns if i != column)
            if not fewer:
                found[ours, slot] = 0
                continue
            parent = kept[fewer]
            found[ours, slot] = parent.start + np.searchsorted(
                parent.codes, _narrowed(node.codes, columns, fewer, sizes)
            )
    return found


def _narrowed(codes: Index, within: tuple[int, ...], columns: tuple[int, ...], sizes: tuple[int, ...]) -> Index:
    """Codes over some columns -> codes over fewer of them."""
    stride = 1
    for i in reversed(within):
        if i in columns:
            stride *= sizes[i]
        else:
            codes = codes // (stride * sizes[i]) * stride + codes % stride
    return codes


def _numbered(codes: Index, space: int) -> tuple[Index, NDArray[np.int32]]:
    """The different codes, rising, and which of them each one is."""
    if space > MOST_DENSE:
        different, place = np.unique(codes, return_inverse=True)
        return different, place.astype(np.int32)
    seen = np.zeros(space, dtype=bool)
    seen[codes] = True
    return np.flatnonzero(seen), (np.cumsum(seen, dtype=np.int32) - 1)[codes]


def _digits(code: int, columns: tuple[int, ...], sizes: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    found = []
    for i in reversed(columns):
        code, digit = divmod(code, sizes[i])
        found.append((i, digit))
    return tuple(reversed(found))
