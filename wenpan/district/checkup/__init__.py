"""执行体检: is what the office follows owned, fresh, assessed, finished? A list stands behind each number."""
