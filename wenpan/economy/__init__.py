"""The pure core: numbers in, judgements out. No Django, no clock, no file system."""
