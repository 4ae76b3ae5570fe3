"""转督办: a leader turns a red light into a matter with owner and day, in one act."""
