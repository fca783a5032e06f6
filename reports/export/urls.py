"""Addresses of exports, under /admin/export/."""

from django.urls import path

from reports.export import views

app_name = "export"
urlpatterns = [
    path("", views.exports, name="exports"),
    path("new/", views.ask, name="ask"),
    path("presets/save/", views.save_preset, name="save_preset"),
    path("presets/<int:preset_id>/drop/", views.drop_preset, name="drop_preset"),
    path("<uuid:export_id>/", views.show, name="show"),
    path("<uuid:export_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:export_id>/download/", views.download, name="download"),
]
