"""核数: papers whose figures were checked against the ledger, and what was found of each figure."""
