"""设置: what a place decides for itself, proposed by one, put in force by another, kept as files."""
