"""Addresses of the texts, under /admin/texts/."""

from django.urls import path

from reports.texts import views

app_name = "texts"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("<slug:model>/<int:pk>/<slug:field>/", views.edit, name="edit"),
]
