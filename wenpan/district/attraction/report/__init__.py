"""The month's report of deals: one query for the page, the export and the briefing."""
