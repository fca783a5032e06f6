"""The words by which a sealed report can be found, in many scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import terms


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ventana ROTA", "ventana rota"),
        ("Él dejó el señal", "el dejo el senal"),
        ("Straße", "strasse"),
        ("Τελευταίος ΣΊΣΥΦΟΣ", "τελευταιοσ σισυφοσ"),
        ("İstanbul", "istanbul"),
        ("Ｔｏｙｏｔａ", "toyota"),
        ("۱۲۳ ٤٥٦ १२३ ๑๒๓ ១២៣", "123 456 123 123 123"),
        ("مُحَمَّد", "محمد"),
        ("שָׁלוֹם", "שלום"),
        ("किताब", "किताब"),
        ("Đặng Łódź Ærø", "dang lodz aero"),
        ("ՈՒՂԵՒՈՐ և", "ուղեւոր եւ"),
        ("ماشين كبير", "ماشین کبیر"),
        ("مدرسة", "مدرسه"),
        ("أحمد إلى", "احمد الی"),
        ("كـــتاب", "کتاب"),
        ("유리창", "유리창"),
        ("ﾄﾖﾀ", "トヨタ"),
        ("so\u00adfa \u200fשלום\u200e", "sofa שלום"),
        ("ឡាន\u200bខ្ញុំ", "ឡានខ្ញុំ"),
    ],
)
def test_case_accents_width_and_digits_are_folded(text: str, folded: str) -> None:
    assert terms.fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ventana rota.", ["ventana", "rota"]),
        ("left_side 7-ABC", ["left", "side", "7", "abc"]),
        ("Окно разбито", ["окно", "разбито"]),
        ("شیشه ماشین", ["شیشه", "ماشین"]),
        ("किताब कोट", ["किताब", "कोट"]),
        ("গাড়ি", [terms.fold("গাড়ি")]),
        ("காரை", ["காரை"]),
        ("汽车玻璃", ["汽车", "车玻", "玻璃", "汽", "车", "玻", "璃"]),
        ("유리창을", ["유리", "리창", "창을", "유", "리", "창", "을"]),
        ("トヨタの車", ["トヨ", "ヨタ", "タの", "の車", "車"]),
        ("窓", ["窓"]),
        ("รถหาย", ["รถ", "ถห", "หา", "าย"]),
        ("ឡាន", ["ឡា", "ាន"]),
        ("iPhone丢了", ["丢了", "丢", "了", "iphone"]),
        ("", []),
    ],
)
def test_words_of_any_script(text: str, words: list[str]) -> None:
    assert list(terms.words(text)) == [f"w:{word}" for word in words]


def test_korean_is_found_by_its_words() -> None:
    assert list(terms.words("차 유리창")) == [*terms.words("차"), *terms.words("유리창")]
    assert set(terms.words("차")).isdisjoint(terms.words("유리창"))


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("차 유리창을 깼어요", "유리창"),
        ("자동차가 없어졌어요", "자동차"),
        ("有人偷了我的汽车", "汽车"),
        ("車のガラスが割られた", "車"),
        ("รถของฉันหายไป", "รถ"),
        ("ឡានរបស់ខ្ញុំបាត់", "ឡាន"),
        ("Կոտրեցին իմ մեքենայի ապակին", "մեքենայի ԱՊԱԿԻՆ"),
        ("شیشه ماشین مرا شکستند", "شيشه"),
        ("किसी ने मेरी कार की खिड़की तोड़ दी", "खिड़की"),
        ("שברו לי את חלון הרכב", "חלון"),
        ("كسروا زجاج سيارتي", "سیارتی"),
        ("ਕਿਸੇ ਨੇ ਮੇਰੀ ਕਾਰ", "ਕਾਰ"),
        ("Разбили окно машины", "ОКНО"),
        ("Kính xe bị vỡ", "kinh vo"),
        ("Basag ang salamin", "BASAG"),
    ],
)
def test_a_text_of_any_script_is_found_by_its_words(written: str, asked: str) -> None:
    assert set(terms.sought(asked)) <= set(terms.words(written))
    assert set(terms.sought(written)) <= set(terms.words(written))


def test_words_that_are_not_there_are_not_found() -> None:
    assert not set(terms.sought("玻璃汽车")) <= set(terms.words("汽车玻璃"))
    assert not set(terms.sought("창유리")) <= set(terms.words("유리창"))


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Nguyễn Văn Đức", "duc nguyen"),
        ("李小明", "小明"),
        ("山田 太郎", "山田太郎"),
        ("山田 太郎", "太郎 山田"),
        ("김철수", "철수"),
        ("สมชาย ใจดี", "ใจดี"),
        ("Ana Flores-Núñez", "FLORES nunez ana"),
    ],
)
def test_a_name_is_found_in_any_order_and_by_a_part(written: str, asked: str) -> None:
    assert set(terms.sought_name(asked)) <= set(terms.name(written))


def test_a_vowel_sign_makes_another_word() -> None:
    assert set(terms.words("की")).isdisjoint(terms.words("का"))
    assert set(terms.name("गीता")).isdisjoint(terms.name("गौतम"))


def test_a_very_long_word_is_cut() -> None:
    assert list(terms.words("x" * 90)) == ["w:" + "x" * 40]


def test_a_name_is_found_by_each_part() -> None:
    assert list(terms.name("José  Núñez-Ortega")) == ["n:jose", "n:nunez", "n:ortega"]
    assert list(terms.name("李小明")) == ["n:李小明", "n:李小", "n:小明"]
    assert list(terms.name(" ")) == []


def test_an_address_of_mail_is_found_in_any_case() -> None:
    assert list(terms.email(" Ana@Example.ORG ")) == ["e:ana@example.org"]
    assert list(terms.email("")) == []


@pytest.mark.parametrize(
    "typed",
    [
        "+1 213 555 0142",
        "(213) 555-0142",
        "213.555.0142",
        "1-213-555-0142",
        "001 213 555 0142"[2:],
        "２１３ ５５５ ０１４２",
        "٢١٣ ٥٥٥ ٠١٤٢",
        "213 555 0142 ext. 77",
    ],
)
def test_a_phone_number_is_one_number_however_it_is_typed(typed: str) -> None:
    assert list(terms.phone(typed)) == ["p:12135550142"]


def test_numbers_of_other_countries_and_of_none() -> None:
    assert list(terms.phone("+52 55 1234 5678")) == ["p:525512345678"]
    assert list(terms.phone("12")) == ["p:112"]
    assert list(terms.phone("none")) == []


def test_a_plate_is_found_however_it_is_read() -> None:
    assert list(terms.identifier("plate", "7abc-O1l")) == list(terms.identifier("plate", "7ABC 011"))
    assert list(terms.identifier("plate", "7ABC123")) == ["plate:7abc123"]
    assert list(terms.identifier("vin", "7ABC123")) == ["vin:7abc123"]
    assert list(terms.identifier("vin", " - ")) == []


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert list(terms.words(terms.fold(text))) == list(terms.words(text))


@given(st.text())
def test_no_text_is_an_error_and_no_word_has_blanks(text: str) -> None:
    found = [*terms.words(text), *terms.name(text), *terms.phone(text), *terms.identifier("serial", text)]
    assert all(term == "".join(term.split()) for term in found)


@given(st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=1, max_size=30))
def test_case_never_hides_a_word(word: str) -> None:
    assert set(terms.words(word.upper())) == set(terms.words(word.upper().lower()))
