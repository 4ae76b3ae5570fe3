"""填报账: who asks units for what, on what ground, until when, and what it costs them."""
