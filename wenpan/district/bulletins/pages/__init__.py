"""Screens of documents out."""
