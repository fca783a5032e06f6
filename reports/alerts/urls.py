"""Addresses of what staff are told, under /admin/alerts/."""

from django.urls import path

from reports.alerts import views

app_name = "alerts"
urlpatterns = [
    path("", views.show, name="show"),
    path("read/", views.read, name="read"),
    path("choose/", views.choose, name="choose"),
]
