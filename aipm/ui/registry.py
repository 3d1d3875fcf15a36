"""Every page of the app, in one place: navigation, links and launch tests are made from this list."""

from dataclasses import dataclass
from pathlib import Path

from aipm import content

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "home": "pages/home.py",
    "landscape": "pages/landscape.py",
    "capabilities": "pages/capabilities.py",
    "neural_networks": "pages/neural_networks.py",
    "language_models": "pages/language_models.py",
    "resources": "pages/resources.py",
    "use_case_mapper": "pages/use_case_mapper.py",
    "model_scorer": "pages/model_scorer.py",
    "data_prep": "pages/data_prep.py",
    "bias_audit": "pages/bias_audit.py",
    "lifecycle": "pages/lifecycle.py",
    "ethics": "pages/ethics.py",
    "brief": "pages/brief.py",
    "workshop": "pages/workshop.py",
    "room": "pages/room.py",
}
"""Key -> script. The key names the page's texts in content/pages.yaml and is its address (home is the root)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    title: str
    icon: str
    section: str | None
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    name: str
    tagline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """content/pages.yaml; `sections` maps a key to its heading in the sidebar, in order."""

    product: Product
    sections: dict[str, str]
    pages: dict[str, PageText]
    states: dict[str, str]


def registry() -> Registry:
    """Texts of all pages; fails where content/pages.yaml and FILES name different pages or an unknown section."""
    texts: Registry = content.load("pages", Registry)
    if set(texts.pages) != set(FILES):
        raise content.ContentError(f"pages.yaml: pages must be {', '.join(FILES)}")
    for key, page in texts.pages.items():
        if page.section is not None and page.section not in texts.sections:
            raise content.ContentError(f"pages.yaml: pages.{key}.section: {page.section!r} is not under sections")
    return texts
