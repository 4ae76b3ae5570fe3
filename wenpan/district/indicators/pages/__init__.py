"""Screens of the indicators room, one file a screen."""
