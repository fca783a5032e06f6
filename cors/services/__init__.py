"""PostgreSQL and Valkey of a checkout's own, for a machine where nothing is installed.

A process that needs them calls attach(). Nothing here imports Django: the servers come before the settings.
"""

from cors.services.client import attach, data_folders, held_locks, is_local, new_keyring
from cors.services.fault import LocalServerError

__all__ = ["LocalServerError", "attach", "data_folders", "held_locks", "is_local", "new_keyring"]
