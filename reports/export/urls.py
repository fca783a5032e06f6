"""Addresses of exports, under /admin/export/."""

from django.urls import path

from reports.export import views

app_name = "export"
urlpatterns = [path("", views.download, name="download")]
