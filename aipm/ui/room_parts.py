"""Small pieces that the fields of a room share: what is kept, and people's words with their line ends."""

from aipm.ui.fragments import LONG
from aipm.ui.safe import Html, markup


def kept(text: str) -> Html:
    """What is kept, said where it was given."""
    return Html(f'<p class="room-kept" role="status">{markup(text, limit=LONG)}</p>')


def written(text: str) -> Html:
    """What somebody wrote, its lines as they were typed."""
    return Html("<br>".join(markup(line, limit=LONG) for line in text.splitlines()))
