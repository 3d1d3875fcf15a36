"""Data preparation: table -> findings -> recipe -> fitted, split, script."""
