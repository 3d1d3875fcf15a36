"""How numbers look, everywhere: shares in per cent, ratios, differences, counts, probabilities and intervals.

None is "–": the reason stands beside it, never in its place.
"""

from collections.abc import Callable

NONE = "–"
MINUS = "−"

Format = Callable[[float | None], str]


def count(value: float | None) -> str:
    """Rows, or a weighted sum of them: 1,234,567; weighted sums keep one decimal where they are not whole."""
    if value is None:
        return NONE
    text = f"{abs(value):,.0f}" if float(value).is_integer() else f"{abs(value):,.1f}"
    return _signed(value, text)


def rate(value: float | None) -> str:
    """A share in [0, 1] as 12.3%; what is not quite none or all is never shown as 0% or 100%."""
    if value is None:
        return NONE
    if 0 < value < 0.0005:
        return "<0.1%"
    if 0.9995 <= value < 1:
        return ">99.9%"
    return f"{_signed(value, f'{abs(value) * 100:.1f}')}%"


def points(value: float | None) -> str:
    """A difference of two shares in percentage points, with its sign: −4.2 pts."""
    if value is None:
        return NONE
    text = f"{abs(value) * 100:.1f}"
    return f"{'' if text == '0.0' else '+' if value > 0 else MINUS}{text} pts"


def ratio(value: float | None) -> str:
    """A ratio to the reference: 0.78; two significant digits below 0.1; what is next to nothing is never shown as 0."""
    if value is None:
        return NONE
    if 0 < value < 0.0001:
        return "<0.0001"
    return f"{value:.2g}" if 0 < abs(value) < 0.1 else f"{value:.2f}"


def decimal(value: float | None) -> str:
    """A score or an index without a unit: 0.123."""
    return NONE if value is None else _signed(value, f"{abs(value):.3f}")


def on_scale(value: float) -> str:
    """A place on a scale of any size, such as a threshold: 7, 0.70, 0.772."""
    return count(value) if float(value).is_integer() else max(f"{value:.2f}", f"{value:.4g}", key=len)


def p_value(value: float | None) -> str:
    """A probability of seeing at least this much by chance: p = 0.03, p < 0.001."""
    if value is None:
        return NONE
    return "p < 0.001" if value < 0.001 else f"p = {value:.2g}" if value < 0.1 else f"p = {value:.2f}"


def interval(low: float | None, high: float | None, *, form: Format) -> str:
    """From low to high, in brackets, as `form` writes one number; a unit is said once: (10.1–14.7%)."""
    if low is None or high is None:
        return ""
    first, second = form(low), form(high)
    for unit in ("%", " pts"):
        if first.endswith(unit) and second.endswith(unit):
            first = first.removesuffix(unit)
    dash = " to " if MINUS in first + second or second.startswith("+") else "–"
    return f"({first}{dash}{second})"


def _signed(value: float, text: str) -> str:
    return f"{MINUS}{text}" if value < 0 and text.strip("0.") else text
