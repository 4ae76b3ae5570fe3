"""Policies for firms (惠企政策): conditions with three values, read twice, and what a firm could get.

Pure. `facts` ← `conditions` ← `batch` (polars, all firms) · `explained` (one firm, with reasons) ← `clauses`.
"""
