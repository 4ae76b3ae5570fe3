"""Deals on paper: rows of the forms of an attraction office as values, and the same forms out again."""
