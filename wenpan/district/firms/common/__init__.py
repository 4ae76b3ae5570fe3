"""Problems that several firms share, and the draw of withdrawn requests."""
