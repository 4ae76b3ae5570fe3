"""Edits: rules about one return as data, their verdicts, and where the error probably is.

`syntax` reads an expression, `edit_rules` a rule with its dates and examples, `verdicts` tells passed, failed
and missing apart; `localisation` names the smallest sets of fields that cannot all be right. None of them
proposes a value.
"""
