"""What a person arranges for themself: views and columns of lists, favourites, what they saw last."""
