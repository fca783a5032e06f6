"""The settings as mypy's Django plugin reads them: no server and no secret is needed to check types."""

import os

for name, value in {
    "DEBUG": "True",
    "SECRET_KEY": "types",
    "KEYRING": "types",
    "ALLOWED_HOSTS": "localhost",
    "DATABASE_URL": "postgresql://types/types",
    "REDIS_URL": "redis://types",
}.items():
    os.environ.setdefault(name, value)

from cors.settings import *  # noqa: E402, F403
