"""Long and timed work of this room; each module registers its jobs when it is imported."""
