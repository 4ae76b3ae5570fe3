"""Layout: where the tables of a sheet are, their header rows, and the column that names their rows."""
