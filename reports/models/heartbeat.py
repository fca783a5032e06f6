"""When a part of the portal was last seen at work."""

from django.db import models


class Heartbeat(models.Model):
    """One part, such as the schedule or the workers, and its last sign of life, by the database's clock."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
