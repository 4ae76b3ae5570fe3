"""Lists of the place that a page may change: units, posts and telephones, leaders in charge, days off."""
