"""Slow proofs of promises that no test can give in seconds; `script/bars` runs them (see README.md)."""
