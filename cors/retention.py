"""How many days what is kept, from the environment; see docs/operations.md, Retention."""

from cors import environment as env

__all__ = [
    "RETENTION_AUDIT_DAYS",
    "RETENTION_DUPLICATE_DAYS",
    "RETENTION_REJECTED_DAYS",
    "RETENTION_WITHDRAWN_DAYS",
]

# Events of the audit log: longer than any report.
RETENTION_AUDIT_DAYS = env.number("RETENTION_AUDIT_DAYS", default=3650, least=365)
# After which what ended like this is deleted, where its kind of report would be kept for longer.
RETENTION_WITHDRAWN_DAYS = env.number("RETENTION_WITHDRAWN_DAYS", default=365, least=1)
RETENTION_DUPLICATE_DAYS = env.number("RETENTION_DUPLICATE_DAYS", default=730, least=1)
RETENTION_REJECTED_DAYS = env.number("RETENTION_REJECTED_DAYS", default=730, least=1)
