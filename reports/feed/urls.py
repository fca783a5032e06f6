"""Addresses of the administrators' pages of the feed, under /admin/feed/."""

from django.urls import path

from reports.feed import views, webhook_views

app_name = "feed"
urlpatterns = [
    path("", views.systems, name="systems"),
    path("token/", views.make, name="make"),
    path("token/<int:token_id>/revoke/", views.revoke, name="revoke"),
    path("webhook/", webhook_views.hook, name="hook"),
    path("webhook/<uuid:webhook_id>/", webhook_views.deliveries, name="deliveries"),
    path("webhook/<uuid:webhook_id>/rotate/", webhook_views.rotate, name="rotate"),
    path("webhook/<uuid:webhook_id>/switch/", webhook_views.switch, name="switch"),
    path("webhook/<uuid:webhook_id>/replay/", webhook_views.replay, name="replay"),
]
