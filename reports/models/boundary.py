"""Where an area lies."""

from django.db import models

from reports.models.catalogue import Area


class AreaBoundary(models.Model):
    """The outline of one area. A table of its own: areas are read with every page, outlines only when they change."""

    area = models.OneToOneField(Area, models.CASCADE, primary_key=True, related_name="boundary")
    # A GeoJSON MultiPolygon in degrees (WGS 84, longitude first), as the agency gave it: it decides.
    outline = models.JSONField()
    # The same with fewer corners, for the drawing alone.
    drawn = models.JSONField()
    # Not the true border: the demo's sketch.
    is_schematic = models.BooleanField(default=False)
    # By it a process knows that its copy is old.
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Boundary of area {self.area_id}"
