"""The portal's settings for `bench.bare`."""

from cors.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare"
