"""Offline, online and guardrail metric, what each error costs, and the threshold that follows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricSheet:
    """To be filled in."""
