"""Reports on paper: a PDF to keep, in any script."""
