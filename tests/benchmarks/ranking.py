"""Ranks under many weightings: this product, and one weighting after another by two libraries, on the same matrix.

    python tests/benchmarks/ranking.py [--samples 10000 --candidates 60 --criteria 12]

The libraries rank as many weightings as they can in a few seconds, the time for all is told from those. They live in
an environment of their own, made on first use. "whole" is a ranking with everything a page shows of it.
"""

import argparse
import json
import subprocess
import sys
import time
import venv
from pathlib import Path

from measure import CACHE, ROOT, machine, median, run, show, spread

PINS = ("pymcdm==1.4.0", "scikit-criteria==0.10", "numpy==2.4.6")
METHODS = ("weighted_sum", "weighted_product", "topsis", "vikor", "promethee_ii", "waspas", "spotis")
PATIENCE = 4.0


def problem(asked: argparse.Namespace):
    """Seeded values, directions, and weights."""
    import numpy as np

    random = np.random.default_rng(1)
    values = random.lognormal(1, 1, (asked.candidates, asked.criteria))
    signs = np.where(np.arange(asked.criteria) % 3, 1, -1)
    weights = random.dirichlet(np.ones(asked.criteria), asked.samples)
    return values, signs, weights


def per_sample(work, weights) -> float:
    """Seconds for all weightings, told from those that fit into a few seconds."""
    start = time.perf_counter()
    done = 0
    for one in weights:
        work(one)
        done += 1
        if time.perf_counter() - start > PATIENCE:
            break
    return (time.perf_counter() - start) / done * len(weights)


def ours(asked: argparse.Namespace) -> dict[str, float]:
    sys.path.insert(0, str(ROOT))
    from dataclasses import replace

    from aipm.selection.candidates import candidates_from_rows
    from aipm.selection.criteria import Criterion
    from aipm.selection.prepared import kind_of, prepare
    from aipm.selection.ranked import RankSpec
    from aipm.selection.ranking import rank
    from aipm.selection.robustness import acceptability, draw_weights

    values, signs, _ = problem(asked)
    criteria = tuple(
        Criterion(
            name=f"C{k}", column=f"C{k}", direction="max" if sign > 0 else "min", weight=float(len(signs) - k),
            worst=0.05 if sign > 0 else 60.0, best=60.0 if sign > 0 else 0.05, scale="log",
        )
        for k, sign in enumerate(signs)
    )  # fmt: skip
    rows = [{"name": f"A{k}", **{f"C{j}": float(x) for j, x in enumerate(row)}} for k, row in enumerate(values)]
    candidates = candidates_from_rows(rows)
    found = {}
    for method in METHODS:
        spec = RankSpec(criteria=criteria, method=method, samples=asked.samples, weightings="order")
        ready = prepare(values, criteria, spec, kind_of(spec))
        engine, whole, light = [], [], []
        for _ in range(5):
            start = time.perf_counter()
            acceptability(ready.scorer, draw_weights(ready.weights, "order", samples=asked.samples, seed=1))
            engine.append(time.perf_counter() - start)
            start = time.perf_counter()
            rank(candidates, spec)
            whole.append(time.perf_counter() - start)
            start = time.perf_counter()
            rank(candidates, replace(spec, samples=0, tipping=False))
            light.append(time.perf_counter() - start)
        found |= {method: engine, f"{method} whole": whole, f"{method} light": light}
    return found


def pymcdm(asked: argparse.Namespace) -> dict[str, float]:
    from pymcdm import methods, normalizations

    values, signs, weights = problem(asked)
    make = {
        "weighted_sum": lambda: methods.WSM(normalizations.minmax_normalization),
        "weighted_product": lambda: methods.WPM(normalizations.linear_normalization),
        "topsis": lambda: methods.TOPSIS(normalizations.vector_normalization),
        "vikor": methods.VIKOR,
        "promethee_ii": lambda: methods.PROMETHEE_II("usual"),
        "waspas": lambda: methods.WASPAS(normalizations.linear_normalization),
        "spotis": lambda: methods.SPOTIS([[0, values.max()]] * len(signs)),
    }
    found = {}
    for method, made in make.items():

        def once(one, made=made):
            ranker = made()
            return ranker.rank(ranker(values, one, signs, validation=False))

        found[method] = [per_sample(once, weights)]
    return found


def scikit_criteria(asked: argparse.Namespace) -> dict[str, float]:
    import skcriteria
    from skcriteria.agg.similarity import TOPSIS
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.pipeline import mkpipe
    from skcriteria.preprocessing.invert_objectives import InvertMinimize, NegateMinimize
    from skcriteria.preprocessing.scalers import SumScaler, VectorScaler

    values, signs, weights = problem(asked)
    pipes = {
        "weighted_sum": mkpipe(InvertMinimize(), SumScaler(target="matrix"), WeightedSumModel()),
        "topsis": mkpipe(NegateMinimize(), VectorScaler(target="matrix"), TOPSIS()),
    }
    found = {}
    for method, pipe in pipes.items():

        def once(one, pipe=pipe):
            return pipe.evaluate(skcriteria.mkdm(values, list(signs), weights=one)).rank_

        found[method] = [per_sample(once, weights)]
    return found


SIDES = {"ours": ours, "pymcdm": pymcdm, "scikit-criteria": scikit_criteria}


def environment() -> Path:
    """The Python of the libraries."""
    folder = CACHE / f"mcda-{sys.version_info.major}.{sys.version_info.minor}"
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"making an environment for the libraries in {folder} …", file=sys.stderr)
        venv.create(folder, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "-qq", *PINS], capture_output=True, check=False)
    return python


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=10_000)
    parser.add_argument("--candidates", type=int, default=60)
    parser.add_argument("--criteria", type=int, default=12)
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.side:
        json.dump(SIDES[asked.side](asked), sys.stdout)
        return
    size = [f"--{name}={getattr(asked, name)}" for name in ("samples", "candidates", "criteria")]
    found, missing = {}, []
    for side in SIDES:
        python = sys.executable if side == "ours" else str(environment())
        try:
            found[side] = json.loads(run([python, str(Path(__file__)), *size, "--side", side]).output)
        except Exception as problem:  # noqa: BLE001 - a library that cannot be had is left out, with the reason
            missing.append(f"{side}: {problem}")
    print(machine())
    header = ["seconds", "ours", *(side for side in found if side != "ours"), "whole", "without samples"]
    rows = []
    for method in METHODS:
        mine = found["ours"]
        others = [
            f"{median(found[side][method]):.1f}" if method in found[side] else "-" for side in found if side != "ours"
        ]
        rows.append([
            method, spread(mine[method], digits=3), *others,
            spread(mine[f"{method} whole"], digits=3), f"{median(mine[f'{method} light']):.4f}",
        ])  # fmt: skip
    show(f"{asked.samples:,} weightings, {asked.candidates} candidates, {asked.criteria} criteria", header, rows)
    print(*missing, sep="\n")


if __name__ == "__main__":
    main()
