"""Text reports of the finance bureau: paragraphs read into the rows of a revenue statement."""
