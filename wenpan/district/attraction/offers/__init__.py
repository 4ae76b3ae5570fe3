"""What the place offers, who points to it, and how complete the pitch of a reserve project is."""
