"""Commands on plain files: no place, no database, no Django."""
