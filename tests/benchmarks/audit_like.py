"""Like with like and the rules of law, from counts alone: `python tests/benchmarks/audit_like.py [ROWS]`.

Where statsmodels can be imported, its stratified tables stand beside the comparison of one pair.
"""

import importlib.util
import sys
from datetime import date

import numpy as np
import pyarrow as pa
from audit_scores import best
from measure import ROOT

sys.path.insert(0, str(ROOT))
from aipm.fairness.audit import audit
from aipm.fairness.counting import count
from aipm.fairness.counts import Counts, normalised
from aipm.fairness.law_evidence import evidence
from aipm.fairness.law_four_fifths import four_fifths
from aipm.fairness.law_nyc import NycAsked, nyc
from aipm.fairness.law_said import nyc_section
from aipm.fairness.spec import AuditSpec
from aipm.fairness.strata import with_factors
from aipm.fairness.strata_compare import like_with_like
from aipm.tables import Reading
from aipm.tables.table import ArrowRows, Table

SPEC = AuditSpec(groups=("origin", "sex"), label="suited", prediction="hired", depth=2)


def made(rows: int) -> Table:
    """People of 50 origins, some of them rare, and 3 sexes in 12 departments of 8 grades, hired more often in some."""
    rng = np.random.default_rng(0)
    origin = np.minimum(rng.geometric(0.15, rows), 50)
    sex = rng.choice(3, rows, p=(0.5, 0.4995, 0.0005))
    department, grade = rng.integers(0, 12, rows), rng.integers(0, 8, rows)
    hired = rng.random(rows) < 0.2 + 0.03 * department + 0.02 * sex
    suited = rng.random(rows) < 0.4 + 0.3 * hired
    cells = {
        "origin": origin,
        "sex": sex,
        "department": department,
        "grade": grade,
        "hired": np.where(hired, "yes", "no"),
        "suited": np.where(suited, "yes", "no"),
    }
    columns = (pa.array(each.astype(str).tolist(), pa.string()) for each in cells.values())
    data = pa.table({f"c{k}": column for k, column in enumerate(columns)})
    return Table(tuple(cells), ArrowRows(data), Reading(container="csv"), rows)


def main(rows: int) -> None:
    table = made(rows)
    print(f"{rows:,} rows, up to 53 groups and 150 of both columns together, five rates")
    for factors in (("department",), ("department", "grade")):
        spec = with_factors(SPEC, factors)
        counts = normalised(count(table, spec), spec)
        strata = len(like_with_like(counts, spec, factors).strata)
        best(f"{strata} strata: the group-by", lambda spec=spec: normalised(count(table, spec), spec))
        best(
            f"{strata} strata: every group beside its reference",
            lambda counts=counts, spec=spec, factors=factors: like_with_like(counts, spec, factors),
        )
        _statsmodels(counts, spec, factors)
    counts = normalised(count(table, SPEC), SPEC)
    result = audit(counts, SPEC)
    asked, day = NycAsked(sex="sex", race="origin"), date(2026, 1, 1)
    best("New York: the tables, in words", lambda: nyc_section(nyc(counts, SPEC, asked), day=day))
    best("New York, groups under 11 people hidden", lambda: nyc(counts, SPEC, asked, threshold=11))
    best("four fifths with its companions", lambda: four_fifths(counts, SPEC, measure="selection_rate"))
    best("Article 10: the sheet", lambda: evidence(result, file_name="people.csv"))


def _statsmodels(counts: Counts, spec: AuditSpec, factors: tuple[str, ...]) -> None:
    if importlib.util.find_spec("statsmodels") is None:
        print("statsmodels is not installed here")
        return
    from statsmodels.stats.contingency_tables import StratifiedTable

    one = like_with_like(counts, spec, factors).comparisons[0].within
    tables = [
        np.array([[one.hits[side][k], one.totals[side][k] - one.hits[side][k]] for side in (0, 1)])
        for k in np.flatnonzero(one.comparable)
    ]

    def asked() -> object:
        found = StratifiedTable(tables)
        return found.oddsratio_pooled, found.riskratio_pooled, found.test_null_odds(), found.test_equal_odds()

    best("statsmodels, one pair of these", asked)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
