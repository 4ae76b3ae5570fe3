"""Deals from a lead to a producing project (招商引资), as pure values.

stages   the words of the pipeline, and what a place's dated rule demands of each
events   what happened to a deal; `replay` is what the events add up to on a day
money    amounts in any of 元, 万元, 亿元, 万美元 …, kept exactly with currency and rate
amount_ladder agreed → registered → … → produced, each rung with its proof
counting whether, when, where and with how much a deal counts under a dated set of rules
cohorts  the funnel by quarter or year of signing, with intervals
published     a printed table held against itself
pipeline      starts expected of the deals that are signed or talked about, with interval
plain_deals   events in and the funnel out as plain files
stage_time, stalled, lead_clocks, identity
"""
