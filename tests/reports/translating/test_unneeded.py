"""A text that is already in its reader's language."""

from accounts.models import User
from reports.models import AuditEvent, Passage, Report
from tests.desk import show as show_report
from tests.reports.translating.conftest import address


def test_it_leaves_the_desk_and_says_who_said_so(story: Passage, spanish: Report, tara: User, olga, at_desk) -> None:
    client = at_desk(tara)
    page = client.post(address("unneeded", story), follow=True)
    assert page.redirect_chain == [("/admin/translating/", 302)]
    assert list(page.context["page"]) == []
    assert client.get(address("show", story)).status_code == 404
    passage = Passage.objects.get()
    assert (passage.stage, passage.source, passage.origin, passage.by) == ("unneeded", "en", "person", tara)
    assert AuditEvent.objects.get(verb="translating.unneeded").actor == f"user:{tara.pk}"
    shown = " ".join(show_report(at_desk(olga), spanish).text.split())
    assert "Marked as being in English by Tara Nuñez on" in shown
    assert "side-by-side" not in shown
