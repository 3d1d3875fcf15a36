"""Seven methods, beside published results and an independent library."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from aipm.selection.criteria import Criterion, Parameters, Preference
from aipm.selection.methods import METHODS, OF_PRODUCTS, TEXTBOOK, Method, Scorer, scorer
from aipm.selection.normalise import Normalisation, anchors, constant, normalised, value_at
from aipm.tables import Refusal


def criteria(directions: str, **more: Any) -> tuple[Criterion, ...]:
    """+ more is better, - less is."""
    return tuple(
        Criterion(name=f"C{k}", column=f"C{k}", direction="max" if sign == "+" else "min", weight=1, **more)
        for k, sign in enumerate(directions)
    )


def built(
    values: Any,
    stated: tuple[Criterion, ...],
    method: Method,
    normalisation: Normalisation | None = None,
    parameters: Parameters | None = None,
) -> Scorer:
    values = np.asarray(values, float)
    kind = normalisation or TEXTBOOK[method]
    ends = anchors(values, stated)
    matrix = normalised(values, stated, kind, ends, for_product=method in OF_PRODUCTS)
    return scorer(matrix, stated, method, parameters or Parameters())


# published


def test_topsis_of_hwang_and_yoon() -> None:
    """Fighter aircraft: Hwang & Yoon (1981), Multiple Attribute Decision Making, Springer."""
    values = [
        [2.0, 1500, 20000, 5.5, 5, 9],
        [2.5, 2700, 18000, 6.5, 3, 5],
        [1.8, 2000, 21000, 4.5, 7, 7],
        [2.2, 1800, 20000, 5.0, 5, 5],
    ]
    weights = np.array([[0.2, 0.1, 0.1, 0.1, 0.2, 0.3]])

    scores = built(values, criteria("+++-++"), "topsis").of(weights)[0]

    assert scores == pytest.approx([0.643, 0.268, 0.613, 0.312], abs=1e-3)


def test_weighted_product_of_triantaphyllou() -> None:
    """Ratios 1.007, 1.067, 1.059: Triantaphyllou (2000), Multi-criteria decision making methods, Kluwer, chapter 2."""
    values = [[25, 20, 15, 30], [10, 30, 20, 30], [30, 10, 30, 10]]
    weights = np.array([[0.2, 0.15, 0.4, 0.25]])

    for kind in ("none", "sum", "max", "vector"):
        first, second, third = built(values, criteria("++++"), "weighted_product", kind).of(weights)[0]

        assert first / second == pytest.approx(1.007, abs=1e-3)
        assert first / third == pytest.approx(1.067, abs=1e-3)
        assert second / third == pytest.approx(1.059, abs=1e-3)


def test_vikor_of_opricovic_and_tzeng() -> None:
    """Risk and altitude: Opricovic & Tzeng (2004), Eur. J. Oper. Res. 156, 445-455."""
    scores = built([[1, 3000], [2, 3750], [5, 4500]], criteria("-+"), "vikor").of(np.array([[0.5, 0.5]]))[0]

    assert scores == pytest.approx([1, 0, 1])


def test_spotis_is_the_weighted_sum_between_fixed_ends() -> None:
    """Dezert, Tchamova, Han & Tacnet (2020), FUSION, example 1."""
    values = np.array([[10.5, -3.1, 1.7], [-4.7, 0, 3.4], [8.1, 0.3, 1.3], [3.2, 7.3, -5.3]])
    ends = [(-5.0, 12.0), (10.0, -6.0), (-8.0, 5.0)]
    stated = tuple(
        replace(each, worst=worst, best=best) for each, (worst, best) in zip(criteria("+-+"), ends, strict=True)
    )
    weights = np.array([[0.2, 0.3, 0.5]])

    distance = built(values, stated, "spotis").of(weights)[0]

    assert distance == pytest.approx([0.1989, 0.3705, 0.3063, 0.7491], abs=1e-4)
    assert built(values, stated, "weighted_sum").of(weights)[0] == pytest.approx(1 - distance)


# by hand


@pytest.mark.parametrize(
    ("preference", "flow"),
    [
        (Preference(), [1, 0, -1]),
        (Preference(kind="u_shape", q=2), [0.5, 0.5, -1]),
        (Preference(kind="v_shape", p=4), [(0.25 + 1) / 2, (0.75 - 0.25) / 2, (-1 - 0.75) / 2]),
        (Preference(kind="level", q=0.5, p=3.5), [(0.5 + 1) / 2, (0.5 - 0.5) / 2, (-1 - 0.5) / 2]),
        (Preference(kind="linear", q=1, p=3), [0.5, 0.5, -1]),
    ],
)
def test_net_flows_of_one_criterion(preference: Preference, flow: list[float]) -> None:
    """Values 5, 4 and 1: differences of 1, 4 and 3."""
    stated = criteria("+", preference=preference)

    assert built([[5], [4], [1]], stated, "promethee_ii").of(np.ones((1, 1)))[0] == pytest.approx(flow)


def test_a_zero_makes_a_product_zero_unless_it_does_not_count() -> None:
    of = built([[0, 2], [1, 1]], criteria("++"), "weighted_product").of

    assert of(np.array([[0.5, 0.5], [0, 1]])) == pytest.approx(np.array([[0, 1], [2, 1]]))


# laws

NORMAL = {"vector": "vector", "min_max": "minmax", "sum": "sum", "max": "linear"}


def independent(
    method: Method, kind: Normalisation, values: Any, signs: Any, preference: Preference, parameters: Parameters
) -> Callable[[Any], Any]:
    """The same method of pymcdm, its normalisation and every parameter passed explicitly."""
    from pymcdm import methods, normalizations

    def of(x: Any, cost: bool = False) -> Any:  # noqa: FBT001, FBT002 - as the library calls it
        return getattr(normalizations, f"{NORMAL[kind]}_normalization")(x, cost)

    bounds = np.stack([values.min(axis=0), values.max(axis=0)], axis=1)
    names = {"usual": "usual", "u_shape": "ushape", "v_shape": "vshape", "level": "level", "linear": "vshape_2"}
    made: dict[Method, Callable[[], Any]] = {
        "weighted_sum": lambda: methods.WSM(of),
        "weighted_product": lambda: methods.WPM(of),
        "topsis": lambda: methods.TOPSIS(of),
        "vikor": lambda: methods.VIKOR(of, v=parameters.v),
        "promethee_ii": lambda: methods.PROMETHEE_II(
            names[preference.kind], p=[preference.p] * values.shape[1], q=[preference.q] * values.shape[1]
        ),
        "waspas": lambda: methods.WASPAS(of, l=parameters.lambda_),
        "spotis": lambda: methods.SPOTIS(bounds),
    }
    # A new one for every weighting: PROMETHEE_II uses up its preference functions.
    return lambda weights: made[method]()(values, weights, signs, validation=False)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_equals_an_independent_library(method: Method) -> None:
    """To 1e-12, on random problems, for several weightings at once."""
    kinds: tuple[Normalisation, ...] = ("vector", "min_max", "sum", "max")
    if method in ("promethee_ii", "spotis"):
        kinds = (TEXTBOOK[method],)
    random = np.random.default_rng(7)
    for turn in range(40):
        count, width = int(random.integers(3, 12)), int(random.integers(2, 8))
        values = random.lognormal(1, 1, (count, width))
        signs = random.choice([1, -1], width)
        parameters = Parameters(v=float(random.random()), lambda_=float(random.random()))
        shapes = ("usual", "u_shape", "v_shape", "level", "linear")
        preference = Preference(kind=shapes[turn % 5], q=0.5, p=2.5)  # type: ignore[arg-type] # one of the five
        stated = criteria("".join("+" if sign > 0 else "-" for sign in signs), preference=preference)
        weights = random.dirichlet(np.ones(width), size=5)
        for kind in kinds:
            ours = built(values, stated, method, kind, parameters).of(weights)
            theirs = independent(method, kind, values, signs, preference, parameters)
            for row, given in zip(ours, weights, strict=True):
                assert np.abs(row - theirs(given)).max() <= 1e-12, kind


@pytest.mark.parametrize("method", METHODS)
def test_better_in_everything_is_never_behind(method: Method) -> None:
    random = np.random.default_rng(3)
    for _ in range(50):
        values = random.lognormal(1, 1, (6, 4))
        values[1] = values[0] * [1.1, 1.2, 0.9, 1.5]
        gain = built(values, criteria("++-+"), method).gain(random.dirichlet(np.ones(4), size=20))

        assert (gain[:, 1] >= gain[:, 0] - 1e-12).all()


def test_a_place_on_a_scale_and_back() -> None:
    values = np.array([[1.0, 0.1], [10.0, 5.0], [100.0, 20.0]])
    stated = (
        replace(criteria("+")[0], scale="log"),
        Criterion(name="price", column="price", direction="min", weight=1, worst=10, best=0.1, scale="log"),
    )
    ends = anchors(values, stated)

    placed = normalised(values, stated, "min_max", ends)

    assert placed[:, 0] == pytest.approx([0, 0.5, 1])
    assert placed[:, 1] == pytest.approx([1, np.log(10 / 5) / np.log(100), 0])  # beyond an end is the end
    assert value_at(placed[1, 1], ends[1]) == pytest.approx(5)


def test_free_of_charge_is_the_best_price_on_a_log_scale() -> None:
    stated = Criterion(name="price", column="price", direction="min", weight=1, worst=10, best=0.1, scale="log")
    values = np.array([[0.0], [1.0]])

    assert normalised(values, (stated,), "min_max", anchors(values, (stated,)))[0, 0] == 1
    with pytest.raises(Refusal, match="log scale"):
        anchors(values, (replace(stated, worst=None, best=None),))


@pytest.mark.parametrize("kind", ["sum", "max"])
def test_shares_take_nothing_below_zero(kind: Normalisation) -> None:
    for values, directions in (([[-1.0], [1.0]], "+"), ([[0.0], [1.0]], "-")):
        with pytest.raises(Refusal) as refusal:
            normalised(np.array(values), criteria(directions), kind, ())
        assert refusal.value.code == "not_positive"


def test_values_that_differ_by_rounding_are_one() -> None:
    assert constant(np.array([[0.1 + 0.2, 1.0], [0.3, 1.1]])).tolist() == [True, False]
