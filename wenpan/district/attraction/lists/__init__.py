"""Deals that come in as lists: a form or a pasted table, matched with what is kept, stored as one act."""
