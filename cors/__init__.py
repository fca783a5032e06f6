"""Wiring of the portal: settings, addresses, processes. No word of the field belongs here."""
