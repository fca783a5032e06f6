"""Addresses of counts, under /admin/counts/."""

from django.urls import path

from reports.counts import views

app_name = "counts"
urlpatterns = [
    path("", views.table, name="table"),
    path("download/", views.download, name="download"),
    path("reports/", views.reports, name="reports"),
]
