"""Rooms: a group decides together. Activities are frozen specs, their results pure functions of what was stored."""
