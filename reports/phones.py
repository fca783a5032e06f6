"""Phone numbers to which a text message can be sent. Imports nothing of ours but how text is folded."""

import phonenumbers

from reports.terms import fold


def textable(text: str, region: str = "US") -> str | None:
    """Return the number as E.164 writes it, "+12135550142", or None where no text message could arrive.

    Any way of writing and any script's digits are understood; a number without area code, or behind an extension, is
    none. Numbers without a country code are of `region`.
    """
    try:
        parsed = phonenumbers.parse(fold(text), region)
    except phonenumbers.NumberParseException:
        return None
    if parsed.extension or not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
