"""The public page of counts: weeks that are over, counted once, with small numbers hidden."""
