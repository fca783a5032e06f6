"""How much a resident may add, and what is said of a file that cannot be taken."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
MOST_FILES = 10
MOST_BYTES = 25 * MEGABYTE
# A whole request: all files and the step's own fields.
MOST_BODY = MOST_FILES * MOST_BYTES + MEGABYTE
# Up to here a request that is too large is read to its end, so that the page can say so; beyond, it is cut off.
MOST_PATIENCE = 4 * MOST_BODY


class Refusal(models.TextChoices):
    """Why a file was not taken. %(name)s is the file's own name."""

    TOO_LARGE = "too_large", _("“%(name)s” is larger than 25 MB. Send a smaller or shorter one.")
    WRONG_KIND = (
        "wrong_kind",
        _(
            "“%(name)s” is not a kind of file that we can take. We take pictures (JPEG, PNG, HEIC, WebP), PDF, video "
            "(MP4, MOV) and sound (WAV, MP3)."
        ),
    )
    EMPTY = "empty", _("“%(name)s” is empty.")
    TOO_MANY = "too_many", _("“%(name)s” was not added: 10 files is the most. Remove one first.")
    TOO_MUCH = "too_much", _("“%(name)s” was not added: this was too much at once. Add fewer files at a time.")
    CLOSED = "closed", _("“%(name)s” was not added: your report is decided.")
    NOT_KEPT = "not_kept", _("“%(name)s” could not be kept just now. Please add it again.")


class Refused(Exception):
    """A file was not taken; `refusal` says why, and which of its name the resident gave it."""

    def __init__(self, refusal: Refusal, name: str) -> None:
        self.refusal, self.name = refusal, name
        super().__init__(refusal.value)

    def words(self) -> str:
        """Return the sentence for the resident."""
        return str(self.refusal.label) % {"name": self.name}
