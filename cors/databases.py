"""PostgreSQL, read from the environment: where it is, and what stands between it and us."""

from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from cors import environment as env
from cors import patience

# How many seconds a resident's request waits for an answer of the database, and one of staff at work. 0 is for ever.
DATABASE_PATIENCE = env.number("DATABASE_PATIENCE", default=4)
DATABASE_PATIENCE_STAFF = env.number("DATABASE_PATIENCE_STAFF", default=30)
# A network that swallows everything is noticed by the kernel, also for who waits as long as it takes: after a minute.
KEEPALIVES = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}


def _parsed(name: str, url: str) -> Any:
    found = dj_database_url.parse(url, conn_max_age=0, conn_health_checks=True)
    if found["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} must name a PostgreSQL database.")
    found["ENGINE"] = "cors.postgresql"
    found.setdefault("OPTIONS", {}).update(connect_timeout=3, **KEEPALIVES)
    return found


_main = _parsed(
    "DATABASE_URL",
    env.secret(
        "DATABASE_URL",
        how="Set it to postgresql://user:password@host:5432/name, or start the local servers with `make run`.",
    ),
)
# Django's pool serves the web processes. Celery closes a pool after every task, so a worker keeps one connection.
DATABASE_POOL = env.flag("DATABASE_POOL", default=False)
# What DATABASE_URL leads through: "" for nothing, "transaction" for PgBouncer's pooling by transaction.
DATABASE_POOLER = env.text("DATABASE_POOLER", default="")
if DATABASE_POOLER not in {"", "transaction"}:
    raise ImproperlyConfigured("DATABASE_POOLER must be transaction, or empty.")
# The way around the pooler, for PostgreSQL's own programs, which speak to one session.
_direct_url = env.secret("DATABASE_DIRECT_URL", how="", default="")
DATABASE_DIRECT = _parsed("DATABASE_DIRECT_URL", _direct_url) if _direct_url else None


def _with_manners(database: Any) -> Any:
    """Add how connections are kept, and what must not be asked of a session that others have in the next moment."""
    if DATABASE_POOL:
        # By itself the pool would look for a database that was away less and less often, up to once in two minutes.
        database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 3, "reconnect_timeout": 2}
        database["OPTIONS"]["pool"]["connection_class"] = patience.Connection
    else:
        database["CONN_MAX_AGE"] = 60
    if DATABASE_POOLER:
        database["DISABLE_SERVER_SIDE_CURSORS"] = True
        database["OPTIONS"]["prepare_threshold"] = None
    return database


DATABASES = {"default": _with_manners(_main)}
# A copy that PostgreSQL keeps up to date, from which lists, counts and exports are read.
REPLICA_URL = env.secret("REPLICA_URL", how="", default="")
# One that has heard of nothing for longer is not read from.
REPLICA_LAG_SECONDS = env.number("REPLICA_LAG_SECONDS", default=30, least=15)
if REPLICA_URL:
    DATABASES["replica"] = _with_manners(_parsed("REPLICA_URL", REPLICA_URL))
DATABASE_ROUTERS = ["reports.reading.Router"] if REPLICA_URL else []
