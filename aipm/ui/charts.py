"""What two-axis Plotly charts have in common: no tool bar, fixed axes, titles that may be untrusted, a key on top."""

from typing import Any

from aipm.ui.safe import plotly

CONFIG = {"displayModeBar": False}


def layout(x: str, y: str) -> dict[str, Any]:
    """A layout with the titles of both axes; what a chart has of its own is put over it."""
    return {
        "height": 340,
        "margin": {"l": 8, "r": 8, "t": 44, "b": 40},
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.06, "x": 0, "xanchor": "left"},
        "xaxis": {"title": {"text": plotly(x, limit=80)}, "fixedrange": True, "zeroline": False},
        "yaxis": {"title": {"text": plotly(y, limit=80)}, "fixedrange": True, "automargin": True},
        "dragmode": False,
    }
