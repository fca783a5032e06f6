"""Addresses of the public page, under /<language>/statistics/."""

from django.urls import path

from reports.statistics import views

app_name = "statistics"
urlpatterns = [
    path("", views.show, name="show"),
    path("reports-<int:year>.<slug:kind>", views.download, name="download"),
    path("dictionary.json", views.dictionary, name="dictionary"),
]
