#!/usr/bin/env python
"""Django's own commands, for developers; people use `wenpan`."""

import os
import sys

import wenpan.district  # noqa: F401  (brings the fixed SQLite before Django loads)

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenpan.district.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
