"""AIPM: decisions about AI products, with numbers that hold up. See README.md for the rooms of the house."""
