"""Variants of real tables, by the kinds of fault: what must be read, what asked about, what never."""
