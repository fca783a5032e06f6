"""An index of the capabilities' admins."""

from reports.review import admin as review
from reports.workshop import admin as workshop
from reports.workshop import groups_admin as groups
from reports.workshop import letters_admin as letters
from reports.workshop import support_admin as support

__all__ = ["groups", "letters", "review", "support", "workshop"]
