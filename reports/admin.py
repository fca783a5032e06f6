"""An index of the capabilities' admins."""

from reports.review import admin as review
from reports.workshop import admin as workshop

__all__ = ["review", "workshop"]
