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


# What of an account's own words nobody may build on.
OWN = ("username", "first_name", "last_name", "email")


def words(user: AbstractBaseUser | None = None) -> list[str]:
    """Return the words, the agency's and the person's own among them, the longest first."""
    own = " ".join(str(getattr(user, name, "")) for name in OWN)
    named = re.split(r"[\W_]+", f"{settings.AGENCY_NAME} {settings.AGENCY_CITY} {own}")
    cleaned = {_bare(word) for word in [*named, *settings.PASSWORD_BLOCKLIST, *WORDS.split()]}
    return sorted((word for word in cleaned if len(word) > 2), key=len, reverse=True)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())


class Blocklist:
    """Refuses what remains of too little once well-known words, keyboard runs and repetitions are gone."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError for a password that is easily guessed."""
        left = _bare(password)
        for word in words(user):
            left = left.replace(word, "")
        if len(set(left)) < LEAST_LEFT:
            raise ValidationError(
                _("This is easily guessed: it is made of common words, names or a repetition."), code="blocklisted"
            )

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("A few words that belong together only for you are best. Blanks count.")
