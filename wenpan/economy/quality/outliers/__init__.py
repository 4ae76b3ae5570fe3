"""Outliers: cells and records that the past and the peers do not explain. Questions to be verified, never
values."""
