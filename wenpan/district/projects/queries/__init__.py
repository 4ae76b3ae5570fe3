"""Every read of the room, as frozen records."""
