"""Addresses of files on the officers' side, under /admin/files/. They hold a random id, never a name."""

from django.urls import path

from reports.files import views

app_name = "files"
urlpatterns = [
    # /<file>/
    path("<uuid:attachment_id>/", views.show, name="show"),
    path("<uuid:attachment_id>/view/", views.view, name="view"),
    path("<uuid:attachment_id>/thumb/", views.thumb, name="thumb"),
    path("<uuid:attachment_id>/download/", views.download, name="download"),
]
