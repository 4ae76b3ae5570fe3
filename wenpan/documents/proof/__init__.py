"""核数: every figure of a paper against the ledger and against the paper itself. Pure; nothing is changed."""
