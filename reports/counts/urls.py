"""Addresses of counts, under /admin/counts/."""

from django.urls import path

from reports.counts import views

app_name = "counts"
urlpatterns = [path("", views.week, name="week")]
