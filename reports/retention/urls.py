"""Addresses of legal holds, under /admin/retention/."""

from django.urls import path

from reports.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.holds, name="holds"),
    # /<report>/
    path("<uuid:report_id>/hold/", views.hold, name="hold"),
    path("<uuid:report_id>/ask-lift/", views.ask_lift, name="ask_lift"),
    path("<uuid:report_id>/keep/", views.keep, name="keep"),
    path("<uuid:report_id>/lift/", views.lift, name="lift"),
]
