"""What a password must not be made of. Any other is good: there are no rules of composition."""

import re

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Words of the trade, and runs of keys.
WORDS = (
    "police policing department officer supervisor administrator admin sheriff detective sergeant lieutenant "
    "captain badge precinct station agency report reports reporting portal community online crime lapd justice "
    "secure security password passwort passphrase pass welcome letmein login changeme default secret temporary "
    "temp spring summer autumn winter monday tuesday wednesday thursday friday saturday sunday january february "
    "march april june july august september october november december qwertyuiop qwerty asdfghjkl asdfgh zxcvbnm "
    "abcdefghijklmnopqrstuvwxyz abcdef abc 1234567890 0123456789 0987654321 9876543210 123456789 12345678 123456 "
    "12345 1234 123 "
)
# So many different characters must remain when those words are taken out.
LEAST_LEFT = 6


def words() -> list[str]:
    """Return the words, the agency's own among them, the longest first."""
    own = [*re.split(r"\W+", f"{settings.AGENCY_NAME} {settings.AGENCY_CITY}"), *settings.PASSWORD_BLOCKLIST]
    cleaned = {re.sub(r"[\W_]", "", word.lower()) for word in [*own, *WORDS.split()]}
    return sorted((word for word in cleaned if len(word) > 2), key=len, reverse=True)


class Blocklist:
    """Refuses what remains of too little once well-known words, keyboard runs and repetitions are gone."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError for a password that is easily guessed."""
        left = re.sub(r"[\W_]", "", password.lower())
        for word in words():
            left = left.replace(word, "")
        if len(set(left)) < LEAST_LEFT:
            raise ValidationError(
                _("This is easily guessed: it is made of common words, of the agency's name or of a repetition."),
                code="blocklisted",
            )

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("A few words that belong together only for you are best. Blanks count.")
