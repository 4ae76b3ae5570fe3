"""Training of those who report, and which errors fell afterwards."""
