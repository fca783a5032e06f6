"""What the keyring's owner does: changes keys while the portal serves, and sees that the keyring fits the database."""
