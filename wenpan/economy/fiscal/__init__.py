"""Fiscal: revenue on its bases, and what published texts about it say of each other."""
