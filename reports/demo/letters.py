"""What officers and residents of the demo write to each other."""

from reports.demo.draw import Draw
from reports.demo.stories import texts
from reports.demo.texts import others
from reports.states import Action


class Letters:
    """The words of one report's steps: an answer fits the question before it."""

    def __init__(self, draw: Draw, language: str) -> None:
        self.draw, self.language, self.texts = draw, language, texts(language)
        self.question = 0

    def words(self, action: Action) -> str:
        """Return what is written with a step that speaks."""
        if action == Action.ASK:
            self.question = self.draw.between(0, len(self.texts.QUESTIONS) - 1)
            return str(self.texts.QUESTIONS[self.question])
        if action == Action.ANSWER:
            return self._answer()
        return str(self.draw.pick(self.texts.CLOSINGS))

    def _answer(self) -> str:
        own = others.ANSWERS.get(self.language)
        return self.draw.pick(own) if own else str(self.texts.ANSWERS[self.question])
