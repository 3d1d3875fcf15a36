"""The colours: readable on both pages, distinguishable for colour-blind readers, the same wherever they are written."""

import itertools
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from aipm import ui
from aipm.content import palette
from aipm.ui.matrix import STRONGEST

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())
# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
COLOUR_BLINDNESS = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}
WORDS = {name: getattr(palette, name) for name in ("TEXT", "QUIET", "ACCENT", "LOWER", "HIGHER")} | palette.VERDICTS


def linear(colour):
    values = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """WCAG 2.2 contrast ratio."""
    lights = sorted(float(colour @ [0.2126, 0.7152, 0.0722]) for colour in (linear(one), linear(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def lab(colour, blindness):
    """CIE L*a*b* (D65) as a reader with this colour vision sees it."""
    seen = np.clip(COLOUR_BLINDNESS[blindness] @ linear(colour), 0, 1)
    to_xyz = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
    )
    x, y, z = np.cbrt(to_xyz @ seen / [0.95047, 1.0, 1.08883])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def difference(one, other, blindness):
    return float(np.linalg.norm(lab(one, blindness) - lab(other, blindness)))


def mixed(colour, ground, share):
    """`share` of a colour over a ground, as color-mix with transparent gives it."""
    parts = (round(int(colour[p : p + 2], 16) * share + int(ground[p : p + 2], 16) * (1 - share)) for p in (1, 3, 5))
    return "#" + "".join(f"{part:02X}" for part in parts)


@pytest.mark.parametrize("name", WORDS)
def test_words_can_be_read_on_both_pages(name):
    for ground in (palette.BACKGROUND, palette.SURFACE):
        assert contrast(WORDS[name].light, ground.light) >= 4.5
        assert contrast(WORDS[name].dark, ground.dark) >= 4.5


@pytest.mark.parametrize("name", [*palette.VERDICTS, "ACCENT", "LOWER", "HIGHER"])
def test_marks_stand_out_on_both_pages(name):
    assert contrast(WORDS[name].mark, palette.BACKGROUND.light) >= 3
    assert contrast(WORDS[name].mark, palette.BACKGROUND.dark) >= 3


@pytest.mark.parametrize("tone", [palette.LOWER, palette.HIGHER])
def test_words_can_be_read_on_the_strongest_cell_of_the_matrix(tone):
    light = mixed(tone.mark, palette.BACKGROUND.light, STRONGEST / 100)
    dark = mixed(tone.mark, palette.BACKGROUND.dark, STRONGEST / 100)
    for words in (palette.TEXT, tone):
        assert contrast(words.light, light) >= 4.5
        assert contrast(words.dark, dark) >= 4.5


@pytest.mark.parametrize("blindness", COLOUR_BLINDNESS)
def test_verdicts_differ_for_every_reader(blindness):
    marks = [palette.VERDICTS[name].mark for name in ("gap", "within_tolerance", "inconclusive")]
    assert min(difference(one, other, blindness) for one, other in itertools.combinations(marks, 2)) > 15


@pytest.mark.parametrize("blindness", COLOUR_BLINDNESS)
def test_groups_differ_for_every_reader(blindness):
    assert min(difference(one, other, blindness) for one, other in itertools.combinations(palette.CHARTS, 2)) > 10


@pytest.mark.parametrize("blindness", COLOUR_BLINDNESS)
def test_lower_and_higher_differ_for_every_reader_and_grow_outwards(blindness):
    ends = palette.DIVERGING[0], palette.DIVERGING[-1]
    assert difference(*ends, blindness) > 25
    light = [lab(colour, blindness)[0] for colour in palette.DIVERGING]
    assert light[:5] == sorted(light[:5])
    assert light[5:] == sorted(light[5:], reverse=True)


def test_the_theme_has_the_same_colours():
    theme = CONFIG["theme"]
    assert tuple(theme["chartCategoricalColors"]) == palette.CHARTS
    assert tuple(theme["chartDivergingColors"]) == palette.DIVERGING
    for page in ("light", "dark"):
        assert theme[page]["backgroundColor"] == getattr(palette.BACKGROUND, page)
        assert theme[page]["secondaryBackgroundColor"] == getattr(palette.SURFACE, page)
        assert theme[page]["textColor"] == getattr(palette.TEXT, page)
        assert theme[page]["primaryColor"] == getattr(palette.ACCENT, page)
        assert theme[page]["borderColor"] == getattr(palette.LINE, page)
        assert contrast(theme[page]["linkColor"], theme[page]["backgroundColor"]) >= 4.5
        assert contrast(theme[page]["textColor"], theme[page]["sidebar"]["backgroundColor"]) >= 4.5


def test_every_variable_the_style_sheet_uses_exists():
    folder = Path(ui.__file__).parent
    used = set(re.findall(r"var\(--([a-z-]+)", (folder / "style.css").read_text() + (folder / "shell.css").read_text()))
    set_in_place = {"sign", "mark", "strength"}
    assert used - set_in_place <= set(re.findall(r"--([a-z-]+):", palette.css_variables()))
