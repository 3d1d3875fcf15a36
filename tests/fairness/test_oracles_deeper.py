"""The audit in depth beside Fairlearn and AIF360: people alike, rules of law, subgroups, and published data."""

import csv
import os
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from aipm.fairness.law_four_fifths import four_fifths
from aipm.fairness.law_nyc import NycAsked, nyc
from aipm.fairness.spec import AuditSpec
from aipm.fairness.strata import strata, with_factors
from aipm.fairness.strata_compare import like_with_like
from aipm.fairness.worst import ready
from aipm.fairness.worst_cube import cube
from aipm.fairness.worst_search import tally
from tests.fairness.build import audited, comparison, counted, estimate, table, value
from tests.fairness.oracles import ROLES, by_group, groups_of, known, near, pair, people

DATA = people(1)
WEIGHTS = pytest.mark.parametrize("weight", [None, "weight"])
FACTORS = pytest.mark.parametrize("factors", [("age",), ("age", "race")], ids="-".join)


@WEIGHTS
@FACTORS
def test_rates_among_people_who_are_alike(factors, weight):
    """Fairlearn calls the factors control features. It lists strata without anybody, and takes 0/0 as 0."""
    import fairlearn.metrics as fairlearn

    asked = with_factors(AuditSpec(groups=("sex",), weight=weight, **ROLES), factors)
    counts, asked = counted(DATA, **asdict(asked))
    found = strata(counts, asked, "sex", factors)
    for metric, needed, measured in (
        ("selection_rate", ["prediction"], fairlearn.selection_rate),
        ("base_rate", ["label"], fairlearn.selection_rate),
        ("true_positive_rate", ["label", "prediction"], fairlearn.true_positive_rate),
        ("false_positive_rate", ["label", "prediction"], fairlearn.false_positive_rate),
    ):
        rows, asks = known(DATA, *needed), {"true": needed[0], "said": needed[-1], "weight": weight}
        theirs = by_group(rows, {"rate": measured}, by=("sex",), within=factors, **asks)
        place = found.metrics.index(metric)
        hits, totals = found.within.hits[place], found.within.totals[place]
        ours = {
            (*(cell for _, cell in stratum), group[0][1]): hits[i, k] / totals[i, k]
            for i, group in enumerate(found.groups)
            for k, stratum in enumerate(found.strata)
            if totals[i, k]
        }
        some = {key: numbers["rate"] for key, numbers in theirs.items() if numbers["rate"] is not None}
        assert some.keys() == groups_of(rows, (*factors, "sex"))
        assert ours == {key: near(number) for key, number in some.items() if key in ours}
        assert not any(number for key, number in some.items() if key not in ours)


@WEIGHTS
@FACTORS
def test_gaps_and_standardised_rates_of_two_groups(factors, weight):
    """Within a stratum the gap lies between Fairlearn's two rates; standardised, these are weighed by all people there.

    A stratum in which only one of the two groups has anybody shows no gap and does not count.
    """
    from fairlearn.metrics import selection_rate

    data = people(3, rows=3000, gaps=False)
    spec = AuditSpec(groups=("sex",), prediction="prediction", weight=weight, reference=(("sex", "m"),))
    counts, asked = counted(data, **asdict(with_factors(spec, factors)))
    (found,) = like_with_like(counts, asked, factors).comparisons
    rows = known(data, "prediction")
    both = {"true": "prediction", "said": "prediction", "weight": weight}
    rates = by_group(rows, {"rate": selection_rate}, by=("sex",), within=factors, **both)
    sizes = by_group(rows, {"people": total}, by=factors, **both)
    women, men, standard = 0.0, 0.0, 0.0
    for each in found.each():
        stratum = tuple(cell for _, cell in each.stratum)
        first, second = (rates[*stratum, sex]["rate"] for sex in ("f", "m"))
        if first is None or second is None:
            assert each.difference is None
            continue
        assert each.difference == near(first - second)
        size = sizes[stratum]["people"]
        women, men, standard = women + first * size, men + second * size, standard + size
    assert found.standardised.group.value == near(women / standard)
    assert found.standardised.reference.value == near(men / standard)
    assert found.standardised.ratio == near(women / men)
    assert found.covered == near(standard / sum(each["people"] for each in sizes.values()))


def total(true, _, sample_weight=None):
    """Fairlearn's own count leaves weights out."""
    return len(true) if sample_weight is None else sample_weight.sum()


@WEIGHTS
@pytest.mark.parametrize(("favourable", "number"), [("positive", 1), ("negative", 0)])
def test_impact_ratios_of_two_groups(favourable, number, weight):
    """New York and the four-fifths rule divide by the higher rate: AIF360's disparate impact with that one privileged.

    Where a yes is bad for the person, the favourable label is 0 in all three.
    """
    from fairlearn.metrics import demographic_parity_ratio

    data = people(6, gaps=False)
    spec = {"groups": ("sex",), "prediction": "prediction", "weight": weight, "favourable": favourable}
    rows = known(data, "label", "prediction")
    low, high = ("f", "m") if number else ("m", "f")
    impact = pair(rows, {"sex": low}, {"sex": high}, weight=weight, favourable=number).decisions.disparate_impact()
    good = (rows["prediction"] == number).astype(int)
    parity = demographic_parity_ratio(
        good, good, sensitive_features=rows["sex"], sample_weight=rows["weight"] if weight else None
    )
    assert impact == near(parity)
    assert impact < 1
    (by_sex,) = nyc(*counted(data, **spec), NycAsked(sex="sex", race=None)).tables
    assert {each.group[0][1]: each.ratio for each in by_sex.categories} == {low: near(impact), high: 1}
    (flagged,) = four_fifths(*counted(data, **spec), measure="selection_rate").tables
    assert flagged.reference == (("sex", high),)
    line = next(each for each in flagged.lines if each.group == (("sex", low),))
    assert (line.ratio, line.flag) == (near(impact), impact < 0.8)


@WEIGHTS
@pytest.mark.parametrize("measure", ["selection_rate", "scoring_rate"])
def test_the_lowest_impact_ratio_of_many_categories(measure, weight):
    """Nobody is left out of either: rare categories count, and people whose sex or race is not known do not."""
    from fairlearn.metrics import demographic_parity_ratio

    data = people(7, rows=4000)
    spec = {"groups": ("sex", "race"), "prediction": "prediction", "score": "score", "weight": weight}
    asked = NycAsked(sex="sex", race="race", measure=measure, leave_out_small=False)
    found = nyc(*counted(data, **spec), asked)
    rows = known(data, "prediction" if measure == "selection_rate" else "score")
    chosen = rows["prediction"] if measure == "selection_rate" else (rows["score"] > np.median(rows["score"]))
    for part in found.tables:
        inside = np.logical_and.reduce([rows[name] != "" for name in part.columns])
        lowest = demographic_parity_ratio(
            chosen[inside].astype(int),
            chosen[inside].astype(int),
            sensitive_features={name: rows[name][inside] for name in part.columns},
            sample_weight=rows["weight"][inside] if weight else None,
        )
        assert min(each.ratio for each in part.categories) == near(lowest)


@WEIGHTS
def test_rates_of_every_subgroup_that_is_searched(weight):
    """Subgroups of one to four columns: all that occur, each with the rate that Fairlearn finds."""
    columns = ("sex", "race", "age", "site")
    rng = np.random.default_rng(8)
    data = {**DATA, "site": rng.choice(["north", "south"], len(DATA["sex"]))}
    on = ready(cube(table(data), AuditSpec(groups=("sex",), weight=weight, **ROLES), columns))
    places = {tuple(sorted(on.lattice.named(k, columns, on.cube.values))): k for k in range(len(on.lattice.depths))}
    some = [*((name,) for name in columns), ("age", "race"), ("age", "race", "sex"), ("age", "race", "sex", "site")]
    from fairlearn.metrics import selection_rate
    from sklearn.metrics import zero_one_loss

    for metric, function, needed in (
        ("selection_rate", selection_rate, ["prediction"]),
        ("error_rate", zero_one_loss, ["label", "prediction"]),
    ):
        rows = known(data, *needed)
        rates = tally(on.sums, metric, plain=weight is None).value
        for by in some:
            found = by_group(rows, {"rate": function}, true=needed[0], said="prediction", by=by, weight=weight)
            for cells in groups_of(data, by):
                ours = rates[places[tuple(zip(by, cells, strict=True))]]
                assert (None if np.isnan(ours) else ours) == near(found.get(cells, {"rate": None})["rate"])
    assert sum(len(named) == 4 for named in places) == len(groups_of(data, columns))


FOLDER = Path(os.environ.get("AIPM_CORPUS", Path(__file__).parents[2] / "shared" / "corpus")) / "audit"
PUBLISHED = pytest.mark.skipif(not FOLDER.exists(), reason="the corpus of published audits is not here (AIPM_CORPUS)")


def read(name):
    with (FOLDER / name).open(newline="", encoding="utf-8-sig") as stream:
        header, *rows = csv.reader(stream)
    return dict(zip(header, map(np.array, zip(*rows, strict=True)), strict=True))


@PUBLISHED
def test_compas():
    """ProPublica's analysis (Larson, Mattu, Kirchner, Angwin 2016) gives false positive and false negative rates in
    per cent; Dressel and Farid (Science Advances 4, 2018, table 2) accuracies of the same people with intervals.
    """
    from fairlearn.metrics import false_negative_rate, false_positive_rate

    data = read("compas_for_aequitas.csv")
    roles = {"label": "label_value", "prediction": "score", "favourable": "negative"}
    result = audited(data, groups=("race",), reference=(("race", "Caucasian"),), **roles)
    for race, wrongly_high, wrongly_low in (("African-American", 44.85, 27.99), ("Caucasian", 23.45, 47.72)):
        assert value(result, "false_positive_rate", race=race) == pytest.approx(wrongly_high / 100, abs=5e-5)
        assert value(result, "false_negative_rate", race=race) == pytest.approx(wrongly_low / 100, abs=5e-5)
    for group, accuracy in (
        ({}, (65.4, 64.3, 66.5)),
        ({"race": "African-American"}, (63.8, 62.2, 65.4)),
        ({"race": "Caucasian"}, (67.0, 65.1, 68.9)),
    ):
        found = estimate(result, "accuracy", **group)
        # Theirs is the normal approximation, ours Wilson's: with so many people a twentieth of a point apart.
        assert (100 * found.value, 100 * found.low, 100 * found.high) == pytest.approx(accuracy, abs=0.1)
    numbers = {"label": data["label_value"].astype(int), "prediction": data["score"].astype(float).astype(int)}
    rows = {**data, **numbers}
    asked = {"false_positive_rate": false_positive_rate, "false_negative_rate": false_negative_rate}
    for (race,), found in by_group(rows, asked, true="label", said="prediction", by=("race",)).items():
        assert {name: value(result, name, race=race) for name in asked} == {n: near(x) for n, x in found.items()}
    theirs = pair(rows, {"race": "African-American"}, {"race": "Caucasian"}).both
    beside = comparison(result, "false_positive_rate", race="African-American")
    assert beside.ratio == near(theirs.false_positive_rate_ratio())
    assert beside.difference == near(theirs.false_positive_rate_difference())
    # What is good for a defendant is a no, so that is the favourable label on which AIF360's benefits rest.
    theirs = pair(rows, {"race": "African-American"}, {"race": "Caucasian"}, favourable=0).both
    assert result.overall["theil_index"].value == near(theirs.theil_index())


@PUBLISHED
def test_german_credit():
    """AIF360's tutorial on credit prints a mean difference of −0.169905 for the 700 rows it trains on."""
    data = read("german_700.csv")
    rows = {**data, "label": (data["credit"] == "1").astype(int)}
    rows["prediction"] = rows["label"]
    groups = {"age_group": "under 25"}, {"age_group": "25 or older"}
    result = audited(
        data, groups=("age_group",), label="credit", label_positive=("1",), reference=(("age_group", "25 or older"),)
    )
    found = comparison(result, "base_rate", **groups[0])
    assert found.difference == pytest.approx(-0.169905, abs=5e-7)
    theirs = pair(rows, *groups).labels
    assert (found.difference, found.ratio) == (near(theirs.mean_difference()), near(theirs.disparate_impact()))
