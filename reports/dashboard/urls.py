"""Addresses of the dashboard, under /admin/dashboard/."""

from django.urls import path

from reports.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("", views.show, name="show"),
    path("reports/", views.reports, name="reports"),
]
