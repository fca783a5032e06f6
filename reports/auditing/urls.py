"""Addresses of the auditor's pages, under /admin/audit/."""

from django.urls import path

from reports.auditing import views

app_name = "auditing"
urlpatterns = [
    path("", views.log, name="log"),
    path("download/", views.download, name="download"),
]
