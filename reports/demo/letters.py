"""What officers and residents of the demo write to each other."""

from dataclasses import dataclass

from reports.demo.draw import Draw
from reports.demo.stories import texts
from reports.demo.texts import en, in_english, others
from reports.states import Action

# The message templates that ask the same as the texts' own, in the same order.
READY = (
    "serial",
    "time",
    "camera",
    "witness",
    "place",
    "changed",
    "person",
    "call",
)


@dataclass(frozen=True)
class Said:
    """One message: a ready question or words, and what a translator makes of them, "" where nobody has yet."""

    words: str
    translation: str = ""
    question: str = ""


class Letters:
    """The words of one report's steps, officers' in English: an answer fits the question before it."""

    def __init__(self, draw: Draw, language: str) -> None:
        self.draw, self.language, self.texts = draw, language, texts(language)
        self.question = 0

    def said(self, action: Action) -> Said:
        """Return what is written with a step that speaks."""
        if action == Action.ASK:
            return self._question()
        if action == Action.ANSWER:
            return self._answer()
        return self._in_both(en.CLOSINGS, self.texts.CLOSINGS, self.draw.between(0, len(en.CLOSINGS) - 1))

    def _question(self) -> Said:
        self.question = self.draw.between(0, len(en.QUESTIONS) - 1)
        if self.draw.chance(0.5):
            return Said("", question=READY[self.question])
        return self._in_both(en.QUESTIONS, self.texts.QUESTIONS, self.question)

    def _answer(self) -> Said:
        own = others.ANSWERS.get(self.language)
        if own:
            at = self.draw.between(0, len(own) - 1)
            return Said(own[at], in_english.ANSWERS[self.language][at])
        return self._in_both(self.texts.ANSWERS, en.ANSWERS, self.question)

    def _in_both(self, words: tuple[str, ...], translation: tuple[str, ...], at: int) -> Said:
        """Return the words with the translation that has the same place, if that is in another language."""
        return Said(words[at], "" if words[at] == translation[at] else translation[at])
