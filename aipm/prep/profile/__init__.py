"""What is the matter with a file: its columns, and findings ranked by what they would do to a model."""

from aipm.prep.profile.profiling import ColumnProfile, Profile, profile

__all__ = ["ColumnProfile", "Profile", "profile"]
