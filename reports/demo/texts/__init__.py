"""What residents and officers of the demo write, one module for each language with full choice, one for the others.

STORIES: report type -> the sentences of a story, one tuple for each place in it, "" where it may be left out.
"""
