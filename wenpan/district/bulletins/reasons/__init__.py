"""Why an indicator is red: its unit writes, its head signs, the analysis quotes."""
