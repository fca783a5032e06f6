"""The translation service, asked over a real connection."""

import socket
import time

import pytest
from hypothesis import given, strategies

from reports.translating import machine
from tests.reports.translating.conftest import Service

TEXT = "Rompieron la ventana."
SOON = 2.0


def to_english(text: str = TEXT, source: str = "es") -> str:
    return machine.translate(text, source=source, target="en")


def test_it_translates_plain_text_with_the_key_where_there_is_one(service: Service, settings) -> None:
    assert to_english() == f"es>en: {TEXT}"
    settings.TRANSLATE_KEY = "the-key"
    to_english()
    asked = {"q": TEXT, "source": "es", "target": "en", "format": "text"}
    assert service.sent("/translate") == [asked, asked | {"api_key": "the-key"}]


def test_a_service_may_live_below_a_path(service: Service, settings) -> None:
    settings.TRANSLATE_URL = f"{service.url}/libre"
    service.says("/libre/translate", 200, b'{"translatedText": "They broke it."}')
    assert to_english() == "They broke it."


@pytest.mark.parametrize(("ours", "theirs"), [("zh-hans", "zh"), ("zh-hant", "zt"), ("fil", "tl"), ("ko", "ko")])
def test_languages_go_by_the_names_of_the_service(service: Service, ours: str, theirs: str) -> None:
    to_english(source=ours)
    machine.translate(TEXT, source="en", target=ours)
    assert [(sent["source"], sent["target"]) for sent in service.sent("/translate")] == [(theirs, "en"), ("en", theirs)]


@pytest.mark.parametrize(
    ("found", "ours"),
    [
        ("es", "es"),
        ("zh", "zh-hans"),
        ("zh-Hans", "zh-hans"),
        ("zt", "zh-hant"),
        ("zh-Hant", "zh-hant"),
        ("tl", "fil"),
        ("iw", "he"),
        ("", ""),
        ("<script>", ""),
        ("english, I think", ""),
    ],
)
def test_found_languages_get_our_names(service: Service, found: str, ours: str) -> None:
    service.language = found
    assert machine.detect(TEXT) == ours


def test_a_language_that_it_is_not_sure_of_is_none(service: Service) -> None:
    service.confidence = machine.SURE - 1
    assert machine.detect(TEXT) == ""


def test_only_the_beginning_of_a_text_is_sent_to_find_its_language(service: Service) -> None:
    machine.detect("a" * 5000)
    assert [len(sent["q"]) for sent in service.sent("/detect")] == [machine.TELLING]


def test_a_long_text_goes_in_pieces_that_the_service_takes(service: Service, settings) -> None:
    settings.TRANSLATE_MOST_CHARACTERS = service.limit = 100
    sentence = "Vi a un hombre en la calle. "
    made = to_english(sentence * 12)
    sent = [each["q"] for each in service.sent("/translate")]
    assert len(sent) > 3
    assert all(piece.endswith("calle.") for piece in sent)
    assert made.replace("es>en: ", "") == sentence * 12


def test_blank_space_stays_where_it_was_and_is_not_sent(service: Service) -> None:
    assert to_english("\n  Hola \n\n") == "\n  es>en: Hola \n\n"
    assert to_english(" \n ") == " \n "
    assert [sent["q"] for sent in service.sent("/translate")] == ["Hola"]


@given(text=strategies.text(alphabet="ab .。\n", max_size=400), most=strategies.integers(2, 60))
def test_pieces_are_short_and_together_the_text(text: str, most: int) -> None:
    cut = machine.pieces(text, most)
    assert "".join(cut) == text
    assert all(len(piece) <= most for piece in cut)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("aaaaaaa aaaa.\n\nbbbb bbb bbbb", "aaaaaaa aaaa.\n\n"),
        ("aaaaaaa aaaa. bbbb bbb bbbb", "aaaaaaa aaaa. "),
        ("aaaaaaaaaaaa。bbbbbbbbbbbbbbb", "aaaaaaaaaaaa。"),
        ("aaaaaa aaaaaaaaaaa bbb bbbb", "aaaaaa aaaaaaaaaaa "),
        ("a" * 30, "a" * 20),
    ],
)
def test_a_text_is_cut_where_it_hurts_least(text: str, first: str) -> None:
    assert machine.pieces(text, 20)[0] == first


@pytest.mark.parametrize(
    ("status", "raw", "error"),
    [
        (429, b'{"error": "Slowdown"}', machine.ServiceBusy),
        (500, b"<h1>Oops</h1>", machine.ServiceRefused),
        (403, b'{"error": "Invalid API key"}', machine.ServiceRefused),
        (400, b'{"error": "km is not supported"}', machine.ServiceRefused),
        (302, b"", machine.ServiceRefused),
        (200, b"{broken", machine.ServiceNonsense),
        (200, b"\xff\xfe", machine.ServiceNonsense),
        (200, b"[]", machine.ServiceNonsense),
        (200, b"{}", machine.ServiceNonsense),
        (200, b'{"translatedText": ["a"]}', machine.ServiceNonsense),
        (200, b'{"translatedText": "  "}', machine.ServiceNonsense),
        (200, b'{"translatedText": "' + b"x" * 5000 + b'"}', machine.ServiceNonsense),
    ],
)
def test_an_answer_that_is_no_translation_is_an_error_without_words(service: Service, status, raw, error) -> None:
    service.says("/translate", status, raw)
    with pytest.raises(error) as raised:
        to_english()
    assert raised.value.args == ()
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


@pytest.mark.parametrize("raw", [b"{}", b"[]", b"[1]", b'[{"language": "es"}]', b'[{"confidence": "x"}]', b"null"])
def test_an_answer_that_names_no_language_is_an_error(service: Service, raw: bytes) -> None:
    service.says("/detect", 200, raw)
    with pytest.raises(machine.ServiceNonsense):
        machine.detect(TEXT)


@pytest.mark.parametrize("manner", ["is_slow", "trickles"])
def test_a_slow_service_is_given_up_in_time(service: Service, settings, manner: str) -> None:
    settings.TRANSLATE_SECONDS = 0.3
    getattr(service, manner)("/translate")
    begun = time.monotonic()
    with pytest.raises(machine.ServiceDown):
        to_english()
    assert time.monotonic() - begun < SOON


def test_an_endless_answer_is_not_read_to_its_end(service: Service) -> None:
    service.says("/translate", 200, b'{"translatedText": "' + b"x" * (machine.LONGEST_ANSWER + 10) + b'"}')
    with pytest.raises(machine.ServiceNonsense):
        to_english()


def test_a_service_that_is_not_there_is_down(settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.TRANSLATE_URL = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(machine.ServiceDown):
            to_english()


def test_a_proxy_of_the_environment_gets_nothing(service: Service, monkeypatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert to_english() == f"es>en: {TEXT}"
