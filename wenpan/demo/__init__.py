"""The demonstration: a simulated district whose workbooks go through the real intake.

`world` makes a fictional economy (pure numpy), `publication` turns it into what a statistics office
prints and when, `workbooks` writes that in the layouts that districts pass around, `build` sends the
files in as the demo users would. Nothing here writes a figure into the ledger by another way.
"""
