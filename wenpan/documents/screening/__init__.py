"""Screening of foreign files before they are kept or parsed: names, secrecy marks, active content, sizes."""
