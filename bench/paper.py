"""How long a paper takes: `.venv/bin/python bench/paper.py`. Needs no server."""

import os
import statistics
import sys
import time
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE_DIR))

from reports.paper.script import words  # noqa: E402 (after the path)
from reports.paper.typeset import Part, Row, Sheet, fonts, pdf  # noqa: E402
from tests.reports.paper.samples import SENTENCES  # noqa: E402

ROUNDS = 30
ROWS = 25
LENGTHS = (2_000, 20_000)


def sheet(language: str, number: int, length: int) -> Sheet:
    """Return a paper like that of a report, never twice the same: typst remembers what it has set."""

    def say(text: str) -> object:
        return words(text, language)

    sentence = f"{number} {SENTENCES[language]} "
    story = (sentence * (length // len(sentence) + 1))[:length]
    rows = [Row(say(sentence[:20]), [say(f"{sentence[:40]} {number}-{at}")]) for at in range(ROWS)]
    return Sheet(
        language=language,
        dir="rtl" if language in {"fa", "ar", "he"} else "ltr",
        agency=say("Los Angeles Police Department"),
        title=say(sentence[:40]),
        lead=[say(sentence)],
        number_label=say("Reference"),
        number=f"R-{number:04}-0000",
        facts=rows[:4],
        parts=[Part(say("1"), rows, []), Part(say("2"), [Row(say("3"), [say(story)])], [])],
    )


def milliseconds(language: str, number: int, length: int) -> float:
    """Return how long one paper takes, from its texts to the file."""
    start = time.perf_counter()
    pdf(sheet(language, number, length))
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print the median and the slowest for each language and length."""
    start = time.perf_counter()
    fonts()
    print(f"fonts, once for each process: {(time.perf_counter() - start) * 1000:.0f} ms; {os.cpu_count()} cores")
    for length in LENGTHS:
        for language in SENTENCES:
            times = [milliseconds(language, number + length, length) for number in range(ROUNDS)]
            print(
                f"{language:8} {length:6} characters: {statistics.median(times):4.0f} ms, slowest {max(times):4.0f} ms"
            )


if __name__ == "__main__":
    main()
