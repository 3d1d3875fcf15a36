"""How large a setting of a step may be, so that a hostile recipe cannot ask for the moon."""

from typing import Annotated

from msgspec import Meta

ColumnName = Annotated[str, Meta(min_length=1, max_length=500)]
OptionalName = Annotated[str, Meta(max_length=500)]
"""A column's name; empty where the step is to make one up."""
Word = Annotated[str, Meta(max_length=1_000)]
Mapping = Annotated[
    dict[Annotated[str, Meta(max_length=10_000)], Annotated[str, Meta(max_length=10_000)]], Meta(max_length=10_000)
]
ShortText = Annotated[str, Meta(max_length=1_000)]
Expression = Annotated[str, Meta(max_length=2_000)]
Seed = Annotated[int, Meta(ge=0, le=2**32 - 1)]
SampleRows = Annotated[int, Meta(ge=10, le=20_000)]
