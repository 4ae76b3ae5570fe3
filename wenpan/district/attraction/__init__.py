"""招商: deals from a lead to a producing project, as an event log with amounts, shares and links.

`models` what is kept · `funnel_values` rows ↔ values of `economy.funnel` · `derive` the columns of a deal
that follow from its events · `listing` a file's plan · `actions` and `list_actions` every write · `queries`,
`funnel_queries`, `deal_page` every read · `scope` whose deals a person sees.
"""
