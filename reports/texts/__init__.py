"""The catalogue's texts, all languages of one side by side."""
