"""The colours: one accent, Okabe and Ito's for groups, one pair for lower and higher, one per verdict.

Okabe & Ito (2008), "Color Universal Design", https://jfly.uni-koeln.de/color/. A verdict has a sign and a word besides
its colour, always. `CHARTS` and `DIVERGING` are repeated in .streamlit/config.toml, where Streamlit looks for them.
"""

from dataclasses import dataclass

CHARTS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#666666")
"""For groups, in this order: blue, orange, green, purple, sky, vermillion, grey."""

DIVERGING = (
    *("#5B2C83", "#8259A6", "#A284C0", "#C3B0D9", "#E1D8EC"),
    *("#D5E6E2", "#A6CEC6", "#74B3A8", "#3E958A", "#0F776D"),
)
"""Purple for lower than the reference, teal for higher."""


@dataclass(frozen=True, slots=True)
class Tone:
    """One colour in its three uses: words on a light page, words on a dark page, and a mark that shows on both."""

    light: str
    dark: str
    mark: str


BACKGROUND = Tone("#FDFCFA", "#15181B", "")
SURFACE = Tone("#F4F2ED", "#1F2428", "")
TEXT = Tone("#22262A", "#E9E6E1", "")
QUIET = Tone("#5A6068", "#A6ABB1", "#82878D")
"""Words of second rank; still 4.5 : 1 on both backgrounds."""
LINE = Tone("#D9D5CC", "#3A4046", "")
ACCENT = Tone("#0B5A82", "#6CB6DC", "#2F86B5")
LOWER = Tone("#5B2C83", "#C9B3E6", DIVERGING[1])
HIGHER = Tone("#0B564F", "#8AD3C8", DIVERGING[8])

VERDICTS = {
    "gap": Tone("#A23F00", "#FF9A5C", "#D55E00"),
    "within_tolerance": Tone("#00694D", "#4CC9A0", "#009E73"),
    "inconclusive": Tone("#4D5A7A", "#A9B6D6", "#7484AC"),
    "not_enough_data": QUIET,
    "not_computable": QUIET,
    "reference": Tone("#22262A", "#E9E6E1", "#82878D"),
}


def css_variables() -> str:
    """Every tone as CSS variables that follow a light or dark page: var(--gap) for words, var(--gap-mark) for marks."""
    tones = {
        "background": BACKGROUND,
        "surface": SURFACE,
        "text": TEXT,
        "quiet": QUIET,
        "line": LINE,
        "accent": ACCENT,
        "lower": LOWER,
        "higher": HIGHER,
        **VERDICTS,
    }
    return "".join(
        f"--{name.replace('_', '-')}:light-dark({tone.light},{tone.dark});"
        + (f"--{name.replace('_', '-')}-mark:{tone.mark};" if tone.mark else "")
        for name, tone in tones.items()
    )
