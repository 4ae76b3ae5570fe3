"""Firms and requests that come in as lists, through the intake: what was shown is what is stored."""
