"""Lifecycle and ethics as forms: gates, roles, plans, triage, a risk register, and what is handed on from them."""
