"""What a page loads that only needs to be read."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def heavy_after_reading(page: str, views: Sequence[str]) -> list[str]:
    """The heavy libraries in a fresh process that has drawn these views of a page."""
    script = f"""
import sys
from streamlit.testing.v1 import AppTest
before = set(sys.modules)
app = AppTest.from_file("app.py", default_timeout=300).run()
app.switch_page("pages/{page}.py").run()
for view in {tuple(views)!r}:
    app.query_params["view"] = view
    app.run()
    assert not app.exception, app.exception
heavy = {{"pandas", "numpy", "pyarrow", "duckdb", "sklearn", "scipy", "plotly"}}
print(*heavy & (set(sys.modules) - before))
"""
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.split()
