"""A real standby of PostgreSQL: read by lists, counts and exports, and never before it knows what its reader wrote."""

import copy
import re
from collections.abc import Iterator

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from reports import reading
from reports.export import actions as exports
from reports.export import running
from reports.export.table import PRESETS
from reports.export.wanted import Wanted
from reports.models import Area, Bureau, Export, Report
from reports.permissions import visible
from reports.vitals import heartbeat, lines, metrics
from tests import databases
from tests.desk import DR_NUMBER, another, decide
from tests.product import wait_for
from tests.resident import Receipt, Resident
from tests.scale.standby import Standby

QUEUE = reverse("review:queue")
DATABASE = databases.named("read_by_two")
# What lists and counts are made of.
BESIDE = re.compile(r'FROM "(reports_alert|accounts_user)"')
READS = re.compile(r'FROM "?reports_(report|tally)\b')


@pytest.fixture(scope="module")
def standby(django_db_blocker) -> Iterator[Standby]:
    """A standby of the tests' server, and a database of this module's own, in which everything really commits."""
    databases.copy_to(DATABASE)
    served, default = Standby(), connections["default"]
    with django_db_blocker.unblock():
        default.close()
        before, default.settings_dict["NAME"] = default.settings_dict["NAME"], DATABASE
        connections.databases["replica"] = copy.deepcopy(default.settings_dict) | {"HOST": str(served.folder)}
        yield served
        for each in (connections["replica"], default):
            each.close()
        default.settings_dict["NAME"] = before
        del connections["replica"], connections.databases["replica"]
    served.close()
    databases.drop(DATABASE)


@pytest.fixture
def replica(standby: Standby, settings, tmp_path, monkeypatch) -> Standby:
    """The standby as the portal's replica, which knows everything."""
    settings.REPLICA_URL, settings.DATABASE_ROUTERS = "set", ["reports.reading.Router"]
    # A busy machine is not a replica that lags.
    settings.FILES_DIR, settings.REPLICA_LAG_SECONDS = tmp_path, 600
    monkeypatch.setattr(reading, "_rest_until", 0.0)
    if standby.process.poll() is not None:
        standby.process = standby.start()
    standby.resume()
    heartbeat.beat(heartbeat.WORKER)
    catch_up()
    return standby


@pytest.fixture
def receipt(replica: Standby) -> Receipt:
    """A report in the queue of Central."""
    receipt = Resident().file("lost-property")
    Report.objects.filter(reference=receipt.reference).update(state="queued", reported_at=timezone.now())
    return receipt


@pytest.fixture
def olga(replica: Standby) -> User:
    """An officer of Central."""
    user = person("olga", Role.OFFICER)
    user.areas.set(Area.objects.filter(number=1))
    return user


@pytest.fixture
def sue(replica: Standby) -> User:
    """A supervisor of the Central bureau."""
    user = person("sue", Role.SUPERVISOR)
    user.bureaus.set(Bureau.objects.filter(code="OCB"))
    return user


def person(name: str, *roles: Role) -> User:
    known = User.objects.filter(username=name).first()
    return known or User.objects.create_user(name, password="a long enough password", is_staff=True, roles=roles)


def ask(by: User) -> Export:
    """Ask for everything as CSV."""
    usual = {"keys": PRESETS["standard"].columns, "kind": Export.Format.CSV, "with_bom": False, "reason": "records"}
    return exports.ask(wanted=Wanted(), personal=False, by=by, **usual)


def catch_up() -> None:
    """Wait until the replica knows all that was written."""
    here = reading.position()
    wait_for(lambda: knows(here), seconds=30, what="the replica")


def knows(position: str) -> bool:
    with reading.from_replica(after=position) as is_replica:
        return is_replica


def references(user: User) -> list[str]:
    """Return what the replica, or the primary in its stead, says exists for a person."""
    return list(visible(User.objects.get(pk=user.pk)).values_list("reference", flat=True))


def test_what_is_written_is_read_back_by_who_wrote_it_however_far_the_replica_is(
    replica: Standby, receipt: Receipt, olga: User, at_desk
) -> None:
    client = at_desk(olga)
    catch_up()
    replica.pause()
    client.post(reverse("review:claim", args=[receipt.report.pk]))
    # The replica still has it unclaimed; she does not read from it.
    with reading.from_replica() as is_replica:
        assert is_replica
        assert Report.objects.get(pk=receipt.report.pk).claimed_by_id is None
    mine = client.get(QUEUE, {"tab": "mine"})
    assert [row.pk for row in mine.context["rows"]] == [receipt.report.pk]
    assert decide(client, receipt.report, "approve", dr_number=DR_NUMBER).status_code == 200
    assert [row.pk for row in client.get(QUEUE, {"tab": "mine"}).context["rows"]] == []
    # Somebody else who wrote nothing may be shown what the replica knows.
    assert asked(lambda: at_desk(olga).get(QUEUE)) == {"replica"}


def asked(page) -> set[str]:
    """Return at which database a page asked for reports."""
    seen = set()

    def note(execute, sql, params, many, context):
        if READS.search(sql) and not BESIDE.search(sql):
            seen.add(context["connection"].alias)
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(note), connections["replica"].execute_wrapper(note):
        assert page().status_code == 200
    return seen


@pytest.mark.parametrize("name", ["review:queue", "counts:table", "dashboard:show"])
def test_lists_counts_and_the_dashboard_ask_the_replica_alone(
    replica: Standby, receipt: Receipt, sue: User, at_desk, name: str
) -> None:
    client = at_desk(sue)
    catch_up()
    assert asked(lambda: client.get(reverse(name))) == {"replica"}


def test_a_residents_page_and_an_officers_report_ask_the_primary_alone(
    replica: Standby, receipt: Receipt, olga: User, at_desk
) -> None:
    assert asked(lambda: Resident().come_back(receipt)) == {"default"}
    assert asked(lambda: at_desk(olga).get(reverse("review:show", args=[receipt.report.pk]))) == {"default"}


def test_permission_that_was_taken_away_is_gone_at_once(replica: Standby, receipt: Receipt, olga: User) -> None:
    catch_up()
    with reading.from_replica():
        assert receipt.reference in references(olga)
    replica.pause()
    olga.areas.set(Area.objects.none())
    with reading.from_replica() as is_replica:
        assert is_replica
        assert references(olga) == []


def test_an_export_is_read_there_and_holds_what_was_written_before_it_was_asked_for(
    replica: Standby,
    receipt: Receipt,
    sue: User,
) -> None:
    export = ask(sue)
    catch_up()
    # What is written later, the worker's own claim of it among it, is nothing that the export waits for.
    replica.pause()
    read = set()

    def note(execute, sql, params, many, context):
        if READS.search(sql) and not BESIDE.search(sql):
            read.add(context["connection"].alias)
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(note), connections["replica"].execute_wrapper(note):
        running.carry_on(running.claim())
    assert Export.objects.get(pk=export.pk).state == "ready"
    assert read == {"replica"}
    for number in range(3):
        another(receipt.report, dr_number=f"{number:09}")
    late = ask(sue)
    running.work()
    assert Export.objects.get(pk=late.pk).rows == Export.objects.get(pk=export.pk).rows + 3


def test_a_replica_that_is_away_lags_or_was_made_a_primary_is_left_alone_and_told_of(
    replica: Standby, receipt: Receipt, sue: User, at_desk, settings, monkeypatch
) -> None:
    client = at_desk(sue)
    catch_up()
    assert lines.replica().state == "ok"
    assert "cors_replica_lag_seconds" in metrics.exposition(lines.look())
    # It lags: no sign of life reached it for longer than is allowed.
    settings.REPLICA_LAG_SECONDS = -1
    assert lines.replica().state == "degraded"
    assert asked(lambda: client.get(QUEUE)) == {"default"}
    settings.REPLICA_LAG_SECONDS = 30
    # It breaks off in the middle of a page: the page comes all the same.
    with pytest.raises(reading.Error), reading.from_replica():
        reading.connection().cursor().execute("SELECT 1/0 FROM reports_report")
    here = Report.objects.filter(pk=receipt.report.pk).count
    broken = Report.objects.filter(pk=receipt.report.pk).extra(where=["1/0 = 1"]).count
    assert reading.read(lambda: broken() if reading.alias() == "replica" else here()) == 1
    assert reading._rest_until > 0
    # It is away.
    monkeypatch.setattr(reading, "_rest_until", 0.0)
    connections["replica"].close()
    replica.stop()
    assert client.get(QUEUE).status_code == 200
    assert lines.replica() == lines.Line("degraded", {"error": "OperationalError"})
    assert lines.look().lines["replica"].state == "degraded"
