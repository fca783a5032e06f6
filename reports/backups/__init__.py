"""Bringing everything back: one sealed file with the database, the stored files, and what proves them whole."""
