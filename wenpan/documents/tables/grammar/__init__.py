"""The grammar of headers and titles: a vocabulary, the cut into words, and what a path of words says."""
