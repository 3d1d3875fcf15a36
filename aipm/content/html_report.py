"""Reports as HTML files to hand on: nothing in them runs, nothing is fetched, every text is escaped."""

import hashlib
from base64 import b64encode
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from aipm.content import FOLDER, number, palette
from aipm.content.visible import visible

if TYPE_CHECKING:
    from jinja2 import Environment

LONGEST = 4_000
"""Characters of one text that are shown; names have been shortened before."""


def report(template: str, *sheets: str, generated: datetime, **values: Any) -> str:
    """A template of content/templates with the product's colours and these style sheets; `generated` knows its zone."""
    style = _style(*sheets)
    drawn: str = (
        _environment()
        .get_template(template)
        .render(
            style=style,
            style_hash=b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            generated=f"{generated.day} {generated:%B %Y, %H:%M %Z}".strip(),
            **values,
        )
    )
    return drawn


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals["number"] = number
    return environment


def _shown(value: Any) -> Any:
    """Every text that goes into the page passes here: what cannot be seen is made visible; escaping follows."""
    return visible(value, limit=LONGEST) if type(value) is str else value


@cache
def _style(*sheets: str) -> str:
    """The style sheets with the product's colours: dark where the reader's system is dark, but for paper."""
    tones = {
        "background": palette.BACKGROUND,
        "surface": palette.SURFACE,
        "text": palette.TEXT,
        "quiet": palette.QUIET,
        "line": palette.LINE,
        "accent": palette.ACCENT,
        **palette.VERDICTS,
    }

    def variables(which: str) -> str:
        return "".join(f"--{name.replace('_', '-')}:{getattr(tone, which)};" for name, tone in tones.items())

    dark = f"@media screen and (prefers-color-scheme: dark){{:root{{{variables('dark')}}}}}"
    rules = ((FOLDER / "templates" / name).read_text(encoding="utf-8") for name in sheets)
    return "\n".join([f":root{{{variables('light')}}}", dark, *rules])
