"""Workshop: a room for 5 to 40 people to decide in, led from here."""

from aipm.ui import workshop

workshop.draw()
