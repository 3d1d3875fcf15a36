"""Model choice: needs and a catalogue -> a ranking, why, how fragile, and what it costs."""
