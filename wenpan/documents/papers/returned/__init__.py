"""A paper that was made here, edited in Word or WPS and sent back: its words are taken, not its figures."""
