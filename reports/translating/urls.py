"""Addresses of the translation desk, under /admin/translating/."""

from django.urls import path

from reports.translating import views

app_name = "translating"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("<uuid:passage_id>/", views.show, name="show"),
    path("<uuid:passage_id>/write/", views.write, name="write"),
    path("<uuid:passage_id>/unneeded/", views.unneeded, name="unneeded"),
    path("report/<uuid:report_id>/ask/", views.ask, name="ask"),
]
