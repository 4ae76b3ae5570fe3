"""One file an object: whom each sentence concerns, who of them lacks it, and why, in words."""
