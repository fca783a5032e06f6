"""A process of its own that writes its share of a plan. Nothing of Django is imported before it is set up."""

import signal
from contextlib import suppress
from multiprocessing.connection import Connection

import django


def write_share(fields: dict[str, object], share: int, of: int, database: str, channel: Connection) -> None:
    """Write a share; send through the channel how many reports each chunk held, or what went wrong.

    A parent that is gone breaks the channel, which ends this process at its next word.
    """
    # Ctrl-C reaches the whole group: the parent alone decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()
    from django.conf import settings
    from django.db import Error

    from reports.demo.copying import write
    from reports.demo.making import Plan

    settings.DATABASES["default"]["NAME"] = database
    try:
        write(Plan(**fields), share=share, of=of, tell=channel.send)  # type: ignore[arg-type]
    except Error as error:
        with suppress(BrokenPipeError):
            # The first line only: those that follow quote rows.
            channel.send(str(error).partition("\n")[0])
    except BrokenPipeError:
        # The parent is gone, and with it whoever would read an error.
        return
