"""Links by which a firm comes to its own requests without an account."""
