"""Tables written down with their truth before anything read them; scored by the scorer of the shared cases."""
