"""How long reports are kept, what holds them, and how they are deleted."""
