"""Addresses of those who watch the portal."""

from django.urls import path

from reports.vitals import views

app_name = "vitals"
urlpatterns = [
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
