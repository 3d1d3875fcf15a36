"""The one place that turns untrusted text (headers, cells, file names) into something Streamlit draws as characters.

Three kinds of surface, three functions:

- `visible`: surfaces that draw text as it is (st.text, st.code, st.dataframe, options of st.selectbox and
  st.multiselect);
- `markdown`: surfaces that read Markdown (every label and caption, st.markdown, st.error, tabs, metrics, options of
  st.radio, st.segmented_control and st.pills, buttons);
- `markup`: st.html and the downloadable report; `plotly`: titles, ticks and annotations of a chart.

What cannot be seen is shown: control and direction marks as a code such as [U+202E], blanks at the ends as ␣, line ends
as ↵. What is too long, or stacks too many combining marks, is shortened and says by how much.
"""

import html
import re
import unicodedata
from typing import NewType

from aipm.content.markdown import WORD_JOINER, escaped
from aipm.content.visible import LIMIT, visible

Html = NewType("Html", str)
"""HTML made by this package: every text in it has been through `markup`."""


def markdown(text: str, *, limit: int = LIMIT) -> str:
    """`text` for a surface that reads Markdown: drawn as the same characters, with no link, image, formula or colour.

    Signs are escaped only where they would mean something, because screen readers are given a label as it is written.
    A word joiner breaks what Streamlit recognises only afterwards, in the finished text: addresses and e-mails, emoji
    and icon codes between colons, arrows made of signs, an emoji in front as an icon.
    """
    line = visible(text, limit=limit)
    joined = _RECOGNISED_LATER.sub(rf"\g<0>{WORD_JOINER}", escaped(line))
    return f"{WORD_JOINER}{joined}" if unicodedata.category(line[:1] or " ") == "So" else joined


_RECOGNISED_LATER = re.compile(r":|www(?=\.)|[-.\w+](?=@)|-(?=-|\\>)|<(?=-)|[<>~](?==)", re.IGNORECASE)


def markup(text: str, *, limit: int = LIMIT) -> Html:
    """`text` for HTML, as content or as an attribute in double quotes."""
    return Html(html.escape(visible(text, limit=limit)))


def plotly(text: str, *, limit: int = LIMIT) -> str:
    """`text` for a chart's titles, ticks and annotations, which know a little HTML and a few entities."""
    return html.escape(visible(text, limit=limit), quote=False)


def file_name(text: str, *, suffix: str) -> str:
    """A name for a download after an uploaded file's: letters, digits, dots and dashes, so that any system takes it."""
    stem = re.sub(r"[^A-Za-z0-9]+", "-", re.sub(r"\.\w{1,8}$", "", text))[:60].strip("-")
    return f"{stem or 'data'}{suffix}"
