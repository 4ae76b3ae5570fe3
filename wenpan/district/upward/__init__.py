"""对上衔接: what the owners of indicators learned from the higher departments, and when they speak again."""
