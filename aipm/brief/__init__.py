"""One product decision, gathered from every tool, kept and exported."""
