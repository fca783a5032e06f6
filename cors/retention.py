"""How many days what is kept, from the environment; see docs/operations.md, Retention."""

from cors import environment as env

# Events of the audit log: longer than any report.
AUDIT = env.number("RETENTION_AUDIT_DAYS", default=3650, least=365)
# After which what ended like this is deleted, where its kind of report would be kept for longer.
WITHDRAWN = env.number("RETENTION_WITHDRAWN_DAYS", default=365, least=1)
DUPLICATE = env.number("RETENTION_DUPLICATE_DAYS", default=730, least=1)
REJECTED = env.number("RETENTION_REJECTED_DAYS", default=730, least=1)
