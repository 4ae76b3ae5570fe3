"""Rows: what each row of a table is, and what its cells become."""
