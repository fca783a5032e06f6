"""The figures as Prometheus reads them (text format 0.0.4). All of them come from the database or the disk.

Every web process can therefore give the same answer; requests are counted by the proxy that stands before them.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reports.vitals import figures, lines
from reports.vitals.heartbeat import PROBE, beat
from reports.vitals.lines import Readiness

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
STATES = {lines.OK: 0, lines.DEGRADED: 1, lines.UNKNOWN: 1, lines.DOWN: 2}
Sample = tuple[Mapping[str, str], float]


def exposition(readiness: Readiness) -> str:
    """Return all metrics. Without a database there are those that need none."""
    found = list(_always(readiness))
    if readiness.lines["database"].state != lines.DOWN:
        found += _stored()
    return "".join(found)


def _always(readiness: Readiness) -> Iterator[str]:
    yield gauge(
        "line_state",
        "0 ok, 1 degraded, 2 down: the lines of /health/ready.",
        [({"line": name}, STATES[line.state]) for name, line in readiness.lines.items()],
    )
    free = [({"volume": name}, lines.free_share(Path(place))) for name, place in lines.volumes()]
    yield gauge("disk_free_ratio", "Free share of the volumes that this server writes to.", free)
    replica = readiness.lines.get("replica")
    if replica and "lag_seconds" in replica.numbers:
        lag: list[Sample] = [({}, replica.numbers["lag_seconds"])]
        yield gauge("replica_lag_seconds", "Since the replica has heard of nothing.", lag)


def _stored() -> Iterator[str]:
    now = beat(PROBE)
    jobs, check = figures.jobs(now), figures.audit_check(now)
    by_state = [
        ({"kind": kind, "state": state}, getattr(of, state))
        for kind, of in jobs.items()
        for state in (figures.WAITING, figures.FAILING, figures.PARKED)
    ]
    yield gauge("jobs", "Open jobs.", by_state)
    oldest = [({"kind": kind}, of.oldest) for kind, of in jobs.items()]
    yield gauge("job_oldest_seconds", "How long the oldest job that is due has waited.", oldest)
    beats = [({"of": name}, age) for name, age in sorted(figures.heartbeats(now).items())]
    yield gauge("heartbeat_age_seconds", "Since the last sign of life.", beats)
    yield gauge("audit_check_age_seconds", "Since the audit log was last checked.", [({}, check.age)])
    yield gauge("audit_whole", "1 when the last check found the audit log whole.", [({}, check.whole)])
    for name, count in figures.counts(now).items():
        yield gauge(name, name.replace("_", " ").capitalize() + ".", [({}, count)])


def gauge(name: str, told: str, samples: Iterable[Sample]) -> str:
    """Return one metric with its samples. Labels are our own words, so nothing has to be escaped."""
    head = f"# HELP cors_{name} {told}\n# TYPE cors_{name} gauge\n"
    return head + "".join(f"cors_{name}{_labels(labels)} {float(value):g}\n" for labels, value in samples)


def _labels(labels: Mapping[str, str]) -> str:
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels.items()) + "}" if labels else ""
