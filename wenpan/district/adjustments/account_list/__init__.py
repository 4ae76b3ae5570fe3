"""Accounts from a spreadsheet: looked at first, taken in whole or not at all, first codes as slips."""
