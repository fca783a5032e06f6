"""Addresses of the officers' pages, under /admin/review/."""

from django.urls import path

from reports.review import (
    bulk_views,
    claiming_views,
    correcting_views,
    decision_views,
    held_views,
    noting_views,
    queue_views,
    saving_views,
    search_views,
    views,
)

app_name = "review"
urlpatterns = [
    path("", queue_views.queue, name="queue"),
    path("views/save/", saving_views.save_view, name="save_view"),
    path("views/<int:view_id>/", saving_views.open_view, name="open_view"),
    path("views/<int:view_id>/drop/", saving_views.drop_view, name="drop_view"),
    path("held/", held_views.held, name="held"),
    path("held/settle/", held_views.settle, name="settle"),
    path("bulk/", bulk_views.bulk, name="bulk"),
    path("claim-next/", claiming_views.claim_next, name="claim_next"),
    path("search/", search_views.search, name="search"),
    # /<report>/
    path("<uuid:report_id>/claim/", claiming_views.claim, name="claim"),
    path("<uuid:report_id>/", views.show, name="show"),
    path("<uuid:report_id>/reveal/", views.reveal, name="reveal"),
    path("<uuid:report_id>/beside/<slug:way>/", views.beside, name="beside"),
    path("<uuid:report_id>/correct/<slug:of>/", correcting_views.correct, name="correct"),
    path("<uuid:report_id>/note/", noting_views.note, name="note"),
    path("<uuid:report_id>/inform/", noting_views.inform, name="inform"),
    path("<uuid:report_id>/paper/", views.paper, name="paper"),
    path("<uuid:report_id>/handover/", decision_views.handover, name="handover"),
    path("<uuid:report_id>/preview/<slug:action>/", decision_views.preview, name="preview"),
    path("<uuid:report_id>/decide/<slug:action>/", decision_views.decide, name="decide"),
]
