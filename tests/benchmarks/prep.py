"""Cleaning and shaping a table of text: our operations beside the same scikit-learn calls by hand.

    python tests/benchmarks/prep.py [--rows 100000,1000000] [--turns 3]

10 columns of numbers as text with blanks: to numbers, median, z-score; 5 of categories: one-hot; 5: by number. Both
sides get the same frame; learned and applied on all of it. Each run is a process of its own, which is this script with
`alone` for its first argument; what the two made is compared by a sum.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from measure import CACHE, ROOT, machine, peaks, rotated, run, show, spread

NUMBERS = [f"number_{k}" for k in range(10)]
ONE_HOT = [f"category_{k}" for k in range(5)]
ORDINAL = [f"grade_{k}" for k in range(5)]
SIDES = ("aipm", "by hand")
PARTS = ("to_number", "fill", "scale", "one_hot", "ordinal", "all")


def table(rows: int) -> Path:
    """The file with the cells, made once."""
    import numpy as np
    import pandas as pd

    path = CACHE / f"prep-{rows}.parquet"
    if not path.exists():
        rng = np.random.default_rng(7)
        names = np.array([f"value {k}" for k in range(8)])
        cells = {name: np.char.mod("%.3f", rng.normal(50, 10, rows)) for name in NUMBERS}
        cells |= {name: rng.choice(names, rows) for name in ONE_HOT + ORDINAL}
        frame = pd.DataFrame(cells, dtype="str")
        for name in NUMBERS:
            frame.loc[rng.random(rows) < 0.03, name] = None
        path.parent.mkdir(parents=True, exist_ok=True)
        frame.to_parquet(path)
    return path


def ours(frame):
    """Our operations, one after the other."""
    sys.path.insert(0, str(ROOT))
    from aipm.prep.operations import operations
    from aipm.prep.recipe import Step
    from aipm.prep.settings import settings

    steps = (
        ("to_number", "to_number", NUMBERS),
        ("fill", "fill_statistic", NUMBERS),
        ("scale", "z_score", NUMBERS),
        ("one_hot", "one_hot", ONE_HOT),
        ("ordinal", "ordinal", ORDINAL),
    )
    yield "", frame
    for part, op, columns in steps:
        operation = operations()[op]
        given = settings(Step(id=part, op=op, columns=tuple(columns)), operation)
        if operation.learn:
            frame = operation.apply(frame, columns, operation.learn(frame, columns, **given), **given)
        else:
            frame = operation.apply(frame, columns, **given)
        yield part, frame


def by_hand(frame):
    """What one would write."""
    import pandas as pd
    from sklearn.impute import SimpleImputer
    from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

    yield "", frame
    frame = frame.copy()
    for column in NUMBERS:
        frame[column] = pd.to_numeric(frame[column], errors="coerce")
    yield "to_number", frame
    frame[NUMBERS] = SimpleImputer(strategy="median").fit_transform(frame[NUMBERS])
    yield "fill", frame
    frame[NUMBERS] = StandardScaler().fit_transform(frame[NUMBERS])
    yield "scale", frame
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False, dtype="int8")
    encoder.set_output(transform="pandas").fit(frame[ONE_HOT])
    frame = pd.concat([frame.drop(columns=ONE_HOT), encoder.transform(frame[ONE_HOT])], axis=1)
    yield "one_hot", frame
    encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    frame[ORDINAL] = encoder.fit_transform(frame[ORDINAL])
    yield "ordinal", frame


def alone(side: str, path: str) -> None:
    """One process: seconds of each part as JSON."""
    import pandas as pd
    import sklearn.impute
    import sklearn.preprocessing  # noqa: F401 - imports are not what is measured

    frame = pd.read_parquet(path).astype("str")
    work = {"aipm": ours, "by hand": by_hand}[side](frame)
    _, frame = next(work)
    found, start = {}, time.perf_counter()
    before = start
    for part, made in work:
        now = time.perf_counter()
        found[part], before, frame = now - before, now, made
    found["all"] = before - start
    json.dump({"seconds": found, "sum": float(frame.astype("float64").abs().to_numpy().sum())}, sys.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="100000,1000000")
    parser.add_argument("--turns", type=int, default=3)
    wanted = parser.parse_args()
    print(machine())
    for rows in map(int, wanted.rows.split(",")):
        path = table(rows)
        costs = {side: [] for side in SIDES}
        for turn in range(wanted.turns):
            for side in rotated(SIDES, turn):
                costs[side].append(run([sys.executable, str(Path(__file__)), "alone", side, str(path)]))
        told = {side: [json.loads(cost.output) for cost in costs[side]] for side in SIDES}
        seconds = {side: {part: [one["seconds"][part] for one in told[side]] for part in PARTS} for side in SIDES}
        best = {side: min(seconds[side]["all"]) for side in SIDES}
        lines = [
            [
                side,
                *(spread(seconds[side][part]) for part in PARTS),
                f"{best[side] / best['by hand']:.2f}",
                peaks(costs[side])[0],
            ]
            for side in SIDES
        ]
        show(f"{rows:,} rows x 20, seconds", ["", *PARTS, "x by hand, at best", "peak RSS MB"], lines)
        sums = [one["sum"] for side in SIDES for one in told[side]]
        if max(sums) - min(sums) > 1e-9 * max(sums):
            print("  The two sides made different numbers.")


if __name__ == "__main__":
    alone(*sys.argv[2:]) if sys.argv[1:2] == ["alone"] else main()
