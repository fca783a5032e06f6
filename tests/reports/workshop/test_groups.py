"""Groups of counts: made, overlapping, and gone again, by supervisors."""

from accounts.models import User
from reports.models import AuditEvent, CountGroup

URL = "/admin/reports/countgroup/"


def test_a_supervisor_makes_and_deletes_a_group(sue: User, at_desk) -> None:
    client = at_desk(sue)
    page = client.get(f"{URL}add/")
    assert "Theft from a vehicle" in page.text
    answer = client.post(
        f"{URL}add/", {"name": "Vehicles", "report_types": ["vehicle-parts"], "offences": ["23F", "240"], "position": 1}
    )
    assert answer.status_code == 302, answer.context["errors"]
    group = CountGroup.objects.get()
    assert (group.report_types, group.offences) == (["vehicle-parts"], ["23F", "240"])
    assert client.post(f"{URL}{group.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not CountGroup.objects.exists()
    verbs = AuditEvent.objects.filter(subject=f"countgroup:{group.pk}").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["workshop.add", "workshop.delete"]


def test_an_empty_group_is_refused(sue: User, at_desk) -> None:
    page = at_desk(sue).post(f"{URL}add/", {"name": "Nothing", "position": 1})
    assert "Tick at least one" in page.text
    assert not CountGroup.objects.exists()
