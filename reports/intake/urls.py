"""Addresses of filing. They hold a random draft id and the name of a step, never an answer."""

from django.urls import path

from reports.intake import begin_views, callback_views, resume_views, views

app_name = "intake"
urlpatterns = [
    path("", views.start, name="start"),
    path("begin/<int:type_id>/", begin_views.begin, name="begin"),
    path("leave/", views.leave, name="leave"),
    path("resume/", resume_views.resume, name="resume"),
    # /report/<draft>/
    path("report/<uuid:draft_id>/check/", views.check, name="check"),
    path("report/<uuid:draft_id>/submit/", views.submit, name="submit"),
    path("report/<uuid:draft_id>/sent/", views.sent, name="sent"),
    path("report/<uuid:draft_id>/stop/", views.stop, name="stop"),
    path("report/<uuid:draft_id>/elsewhere/", begin_views.elsewhere, name="elsewhere"),
    path("report/<uuid:draft_id>/later/", resume_views.later, name="later"),
    path("report/<uuid:draft_id>/hide/", resume_views.hide, name="hide"),
    path("report/<uuid:draft_id>/callback/", callback_views.callback, name="callback"),
    path("report/<uuid:draft_id>/discard/", views.discard, name="discard"),
    path("report/<uuid:draft_id>/step/<slug:step>/", views.step, name="step"),
]
