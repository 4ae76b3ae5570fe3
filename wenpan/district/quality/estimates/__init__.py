"""预计偏差: what units expected, on which day, and how far off it was. Shown, never ranked."""
