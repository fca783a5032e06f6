"""All addresses: residents' under their language, the staff's under admin/ in English."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from cors import look_views
from cors.health import health
from cors.sign_on import sign_on_urls
from reports.feed import api_views as feed

handler400 = "cors.refused.bad_request"
urlpatterns = [
    path("health", health, name="health"),
    path("look.css", look_views.style, name="look_style"),
    path("look/<slug:name>", look_views.picture, name="look_picture"),
    path("", include("reports.vitals.urls")),
    path("api/v1/", include((feed.urlpatterns, "api"))),
    re_path(r"^api/(?P<rest>.*)$", feed.unknown, name="api_unknown"),
    path("admin/review/", include("reports.review.urls")),
    path("admin/alerts/", include("reports.alerts.urls")),
    path("admin/hate/", include("reports.hate.urls")),
    path("admin/retention/", include("reports.retention.urls")),
    path("admin/translating/", include("reports.translating.urls")),
    path("admin/files/", include("reports.files.urls")),
    path("admin/export/", include("reports.export.urls")),
    path("admin/counts/", include("reports.counts.urls")),
    path("admin/dashboard/", include("reports.dashboard.urls")),
    path("admin/workshop/", include("reports.workshop.urls")),
    path("admin/feed/", include("reports.feed.urls")),
    path("admin/audit/", include("reports.auditing.urls")),
    path("admin/texts/", include("reports.texts.urls")),
    path("admin/", include("accounts.urls")),
    *sign_on_urls(),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", include("reports.intake.urls")),
        path("status/", include("reports.status.urls")),
        path("paper/", include("reports.paper.urls")),
        path("statistics/", include("reports.statistics.urls")),
    ),
]
handler500 = "cors.outage.failed"
