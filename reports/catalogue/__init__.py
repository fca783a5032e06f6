"""The agency's catalogue: read from a folder, loaded into the database, and served from memory while live."""
