"""The command line: `manage.py` in a checkout, `cors` where the portal is installed."""

import os
import sys

OURS = {"cors", "accounts", "reports"}
SET_UP = "run `make run`, or `python3 cors/bootstrap.py local` and then `.venv/bin/python manage.py ...`."


def main() -> None:
    """Run the command; a fault of the set-up is one sentence and exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cors.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        sys.exit(f"error: Django is not installed for this Python: {SET_UP}")
    from cors import services
    from cors.keyring import keyring

    try:
        if sys.argv[1:2] == ["make_keyring"]:
            # Before any setting is there: it makes one of them.
            sys.stdout.write(f"{keyring(sys.argv[2:])}\n")
            return
        services.attach()
        execute_from_command_line(sys.argv)
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] in OURS:
            raise
        sys.exit(f"error: The package {missing.name} is not installed: {SET_UP}")
    except KeyboardInterrupt:
        sys.exit("Stopped.")
    except (ImproperlyConfigured, services.LocalServerError) as fault:
        sys.exit(f"error: {fault}")
