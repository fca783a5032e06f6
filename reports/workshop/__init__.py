"""Where the agency edits its catalogue."""
