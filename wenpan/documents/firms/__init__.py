"""Firms and their requests on paper: rows of ledgers and of ticket exports as values. Pure."""
