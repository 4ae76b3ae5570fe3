"""Disclosure: what a table would tell of a single firm or project, and how it is kept from telling."""
