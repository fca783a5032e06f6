"""Addresses of the status page. They hold neither reference nor code."""

from django.urls import path

from reports.status import views

app_name = "status"
urlpatterns = [
    path("", views.find, name="find"),
    path("report/", views.show, name="show"),
    path("answer/", views.answer, name="answer"),
    path("close/", views.close, name="close"),
]
