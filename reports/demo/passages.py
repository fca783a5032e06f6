"""The demo's texts in two languages: which wait at the translation desk, and which a translator has done."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from reports import vault
from reports.demo.life import Taken
from reports.models import Origin, Passage, Report
from reports.states import FINAL, Action
from reports.translating.passages import languages

TAKES = timedelta(minutes=20)
Values = dict[str, Any]


@dataclass(frozen=True)
class Text:
    """A text of a report, the narrative or a message, with its English or Spanish, "" where nobody has made it."""

    words: str
    translation: str
    at: datetime
    message_id: UUID | None = None
    from_agency: bool = False


def passage_of(report: Report, text: Text, identity: UUID, translator: int | None) -> Values | None:
    """Return the row of a text that needs a translation, None for one that does not.

    What nobody has translated waits while the report is open; of decided ones it is left as it was before the desk.
    """
    source, target = languages(text.words, of_report=report.language, from_agency=text.from_agency)
    is_done = bool(text.translation)
    if source == target or not text.words or not (is_done or report.state not in FINAL):
        return None
    done = {
        "stage": Passage.Stage.DONE.value,
        "version": 1,
        "origin": Origin.PERSON.value,
        "by_id": translator,
        "at": (text.at + TAKES).isoformat(),
    }
    return {
        "id": identity,
        "report_id": str(report.pk),
        "message_id": text.message_id,
        "source": source,
        "target": target,
        "asked_at": text.at.isoformat(),
        **(done if is_done else {"stage": Passage.Stage.WAITING.value}),
    }


def translation_of(passage: Values, words: str, key: vault.DataKey) -> Values:
    """Return the row of a passage's translation, sealed as the desk seals it."""
    place = Passage(id=passage["id"]).place(1)
    kept = {name: passage[name] for name in ("version", "origin", "by_id", "at")}
    return {"passage_id": passage["id"], "sealed": vault.seal(words, key=key, place=place), **kept}


def was_claimed(life: list[Taken]) -> bool:
    """Tell whether an officer has taken the report up: by then its story can be read."""
    return any(taken.step.action == Action.CLAIM for taken in life)
