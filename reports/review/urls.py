"""Addresses of the officers' pages, under /admin/review/."""

from django.urls import path

from reports.review import claiming_views, decision_views, queue_views, views

app_name = "review"
urlpatterns = [
    path("", queue_views.queue, name="queue"),
    path("claim-next/", claiming_views.claim_next, name="claim_next"),
    # /<report>/
    path("<uuid:report_id>/claim/", claiming_views.claim, name="claim"),
    path("<uuid:report_id>/", views.show, name="show"),
    path("<uuid:report_id>/reveal/", views.reveal, name="reveal"),
    path("<uuid:report_id>/paper/", views.paper, name="paper"),
    path("<uuid:report_id>/handover/", decision_views.handover, name="handover"),
    path("<uuid:report_id>/preview/<slug:action>/", decision_views.preview, name="preview"),
    path("<uuid:report_id>/decide/<slug:action>/", decision_views.decide, name="decide"),
]
