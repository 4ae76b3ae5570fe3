"""What firms ask (诉求): one event log a request, what it adds up to, its clocks, and what is counted.

Pure. `events` ← `lifecycle` (replay) ← `event_rules` (what may happen next) · `clock_rules` ← `clocks` ·
`counts` ← `assessment`. Nothing that follows from the events is kept beside them: a closing time that is
written down is lost or wrong at the first reopening.
"""
