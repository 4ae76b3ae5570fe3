"""Official documents in and out: bytes to values, values to bytes. No Django, no clock, no file system."""
