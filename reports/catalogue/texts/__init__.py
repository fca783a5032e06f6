"""Generated, see `reports.catalogue.extract`."""
