"""Room: a participant's phone, or the big screen."""

from aipm.ui import room

room.draw()
