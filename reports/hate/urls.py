"""Addresses of escalation and classification, under /admin/hate/."""

from django.urls import path

from reports.hate import views

app_name = "hate"
urlpatterns = [
    path("", views.due, name="due"),
    path("count/", views.count, name="count"),
    # /<report>/
    path("<uuid:report_id>/escalate/", views.escalate, name="escalate"),
    path("<uuid:report_id>/classify/", views.classify, name="classify"),
]
