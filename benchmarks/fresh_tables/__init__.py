"""Tables written down with their truth before they were read; scored by the scorer of the shared cases."""
