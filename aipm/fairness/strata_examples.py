"""Berkeley's admissions of 1973, as a table with a row an applicant: the example by which this comparison is taught.

Bickel, Hammel & O'Connell, "Sex bias in graduate admissions: data from Berkeley", Science 187 (1975); the six largest
departments as Freedman, Pisani & Purves print them, and as they come with R (UCBAdmissions).
"""

import pyarrow as pa

from aipm.fairness.spec import AuditSpec
from aipm.tables import Reading
from aipm.tables.table import ArrowRows, Table

BERKELEY = {
    "A": {"men": (512, 825), "women": (89, 108)},
    "B": {"men": (353, 560), "women": (17, 25)},
    "C": {"men": (120, 325), "women": (202, 593)},
    "D": {"men": (138, 417), "women": (131, 375)},
    "E": {"men": (53, 191), "women": (94, 393)},
    "F": {"men": (22, 373), "women": (24, 341)},
}
"""Department -> (admitted, applied)."""
BERKELEY_SPEC = AuditSpec(groups=("applicant",), prediction="admitted", prediction_positive=("yes",))
BERKELEY_FACTOR = "department"


def berkeley() -> Table:
    """The 4,526 applicants; nothing but department, sex and decision is known of them."""
    names = ("department", "applicant", "admitted")
    rows = [
        (department, who, answer)
        for department, sides in BERKELEY.items()
        for who, (admitted, applied) in sides.items()
        for answer, count in (("yes", admitted), ("no", applied - admitted))
        for _ in range(count)
    ]
    data = pa.table({f"c{i}": pa.array(cells, pa.string()) for i, cells in enumerate(zip(*rows, strict=True))})
    return Table(names, ArrowRows(data), Reading(container="csv"), data.num_rows, "berkeley-1973")
