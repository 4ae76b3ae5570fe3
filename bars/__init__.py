"""Slow proofs of promises that a test cannot give in seconds; `script/bars` runs them, `bars/README.md` says how."""
