"""Published tables of deals: read as they are, held against themselves."""
