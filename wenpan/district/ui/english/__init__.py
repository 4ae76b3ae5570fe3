"""The program's own data words on an English page: names of indicators, rule sets, types; kept reasons."""
