#!/usr/bin/env python
"""Run a command of the portal. Where DATABASE_URL or REDIS_URL is not set, local servers stand in for them."""

from cors.entry import main

if __name__ == "__main__":
    main()
