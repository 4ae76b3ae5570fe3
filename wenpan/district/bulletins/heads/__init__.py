"""The place's own head and end of its papers, as Word templates."""
