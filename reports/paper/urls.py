"""Addresses of the residents' papers."""

from django.urls import path

from reports.paper import views

app_name = "paper"
urlpatterns = [
    path("official.pdf", views.official, name="official"),
    path("<uuid:draft_id>/copy.pdf", views.copy, name="copy"),
]
