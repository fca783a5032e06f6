"""The web server's entry point."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cors.settings")
application = get_wsgi_application()

from django.db import connections  # noqa: E402 (the models can be read only now)

from cors import urls  # noqa: E402, F401 (all pages' code, not with the first page)
from reports.auditing import watching  # noqa: E402
from reports.keys import fitting  # noqa: E402

fitting.at_start()
watching.at_start("web")
connections.close_all()

# What is loaded by now stays: looking through it for garbage would stop a page for a tenth of a second now and then.
gc.collect()
gc.freeze()
