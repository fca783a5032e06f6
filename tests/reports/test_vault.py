"""Sealing and opening."""

import json
import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from reports import vault
from reports.vault import CannotOpen, Place

HERE = Place("report", "document", "1")
KEY_PLACE = Place("report", "wrapped_key", "1")
DOCUMENT = {"story": "Ventana rota, 차 유리창", "each": [{"value": 1}, None, True]}
LENGTHS = [0, 1, 500, 505, 600, 1000, 1500, 3000, 20_000, 80_000]


@pytest.fixture
def key() -> vault.DataKey:
    return vault.new_data_key(place=KEY_PLACE)


def ring(*names: str, **kept: str) -> str:
    """Return a keyring with fresh keys of these names beside kept ones; the first is primary."""
    fresh = {name: json.loads(vault.new_keyring())["encryption"]["keys"].popitem()[1] for name in names}
    search = json.loads(vault.new_keyring())["search"]
    return json.dumps({"encryption": {"primary": [*names, *kept][0], "keys": fresh | kept}, "search": search})


@pytest.fixture
def use(settings):
    def switch(text: str) -> dict:
        settings.KEYRING = text
        vault.forget_keyring()
        return json.loads(text)["encryption"]["keys"]

    yield switch
    vault.forget_keyring()


def test_it_opens_what_it_sealed(key: vault.DataKey) -> None:
    sealed = vault.seal(DOCUMENT, key=key, place=HERE)
    assert vault.open_sealed(sealed, key=key, place=HERE) == DOCUMENT
    assert vault.open_sealed(memoryview(sealed), key=key, place=HERE) == DOCUMENT
    assert "유리창".encode() not in sealed


def test_the_same_document_is_never_sealed_alike(key: vault.DataKey) -> None:
    assert len({vault.seal(DOCUMENT, key=key, place=HERE) for _each in range(20)}) == 20


def test_another_key_does_not_open_it(key: vault.DataKey) -> None:
    sealed = vault.seal(DOCUMENT, key=key, place=HERE)
    with pytest.raises(CannotOpen, match=r"^report\.document does not open with this key in this place\.$"):
        vault.open_sealed(sealed, key=vault.new_data_key(place=KEY_PLACE), place=HERE)


@pytest.mark.parametrize(
    "elsewhere", [Place("message", "document", "1"), Place("report", "sealed", "1"), Place("report", "document", "2")]
)
def test_another_place_does_not_open_it(key: vault.DataKey, elsewhere: Place) -> None:
    sealed = vault.seal(DOCUMENT, key=key, place=HERE)
    with pytest.raises(CannotOpen):
        vault.open_sealed(sealed, key=key, place=elsewhere)


def test_an_altered_byte_anywhere_does_not_open(key: vault.DataKey) -> None:
    sealed = vault.seal(DOCUMENT, key=key, place=HERE)
    for at in range(len(sealed)):
        with pytest.raises(CannotOpen):
            vault.open_sealed(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], key=key, place=HERE)


def test_a_truncated_or_prolonged_one_does_not_open(key: vault.DataKey) -> None:
    sealed = vault.seal(DOCUMENT, key=key, place=HERE)
    for spoiled in (*(sealed[:length] for length in range(40)), sealed[:-1], sealed + b"\x00"):
        with pytest.raises(CannotOpen):
            vault.open_sealed(spoiled, key=key, place=HERE)


def test_a_stored_key_opens_only_in_its_row(key: vault.DataKey) -> None:
    again = vault.unwrap(wrapped=key.wrapped, wrapped_by=key.wrapped_by, place=KEY_PLACE)
    assert again == key
    with pytest.raises(CannotOpen):
        vault.unwrap(wrapped=key.wrapped, wrapped_by=key.wrapped_by, place=Place("report", "wrapped_key", "2"))


def test_a_key_shows_no_secret(key: vault.DataKey) -> None:
    assert repr(key) == f"DataKey(wrapped_by={key.wrapped_by!r})"


def test_a_rotation_keeps_every_document(use) -> None:
    old = use(ring("old"))
    key = vault.new_data_key(place=KEY_PLACE)
    sealed = vault.seal(DOCUMENT, key=key, place=HERE)

    both = use(ring("new", **old))
    still = vault.unwrap(wrapped=key.wrapped, wrapped_by="old", place=KEY_PLACE)
    assert vault.open_sealed(sealed, key=still, place=HERE) == DOCUMENT
    moved = vault.rewrap(wrapped=key.wrapped, wrapped_by="old", place=KEY_PLACE)
    again = vault.rewrap(wrapped=moved.wrapped, wrapped_by=moved.wrapped_by, place=KEY_PLACE)
    assert (moved.wrapped_by, again.wrapped_by) == ("new", "new")

    use(ring(new=both["new"]))
    for each in (moved, again):
        alone = vault.unwrap(wrapped=each.wrapped, wrapped_by=each.wrapped_by, place=KEY_PLACE)
        assert vault.open_sealed(sealed, key=alone, place=HERE) == DOCUMENT
    with pytest.raises(CannotOpen, match=r"^The keyring has no key named old\.$"):
        vault.unwrap(wrapped=key.wrapped, wrapped_by="old", place=KEY_PLACE)


def test_a_short_secret_comes_back_in_its_place_only(use) -> None:
    old = use(ring("old"))
    sealed = vault.seal_text("JBSWY3DPEHPK3PXP", place=HERE)
    assert "JBSWY3DPEHPK3PXP" not in sealed
    use(ring("new", **old))
    assert vault.open_text(sealed, place=HERE) == "JBSWY3DPEHPK3PXP"
    for altered in (sealed[:-5] + "AAA==", "old." + sealed.partition(".")[2][1:], "plain", "a.b.c", ""):
        with pytest.raises(CannotOpen):
            vault.open_text(altered, place=HERE)
    with pytest.raises(CannotOpen):
        vault.open_text(sealed, place=Place("report", "document", "2"))
    use(ring("new"))
    with pytest.raises(CannotOpen, match="no key named old"):
        vault.open_text(sealed, place=HERE)


def test_a_key_of_the_right_name_and_wrong_bytes_fails_loudly(use) -> None:
    use(ring("same"))
    key = vault.new_data_key(place=KEY_PLACE)
    use(ring("same"))
    with pytest.raises(CannotOpen):
        vault.unwrap(wrapped=key.wrapped, wrapped_by="same", place=KEY_PLACE)


def test_lengths_are_hidden_in_few_buckets(key: vault.DataKey) -> None:
    overhead = 1 + 12 + 16
    buckets = [len(vault.seal("x" * length, key=key, place=HERE)) - overhead for length in LENGTHS]
    assert buckets == [512, 512, 512, 512, 768, 1024, 1536, 3072, 24_576, 98_304]


def test_a_ring_is_read_as_it_was_made() -> None:
    made = vault.read_keyring(vault.new_keyring())
    assert list(made.keys) == [made.primary]
    assert [len(key) for key in (*made.search.values(), *made.keys.values())] == [32, 32]
    assert made.derived == next(iter(made.search.values()))


def test_the_next_ring_keeps_the_keys_before_until_the_last(use) -> None:
    first = vault.new_keyring()
    second = vault.next_keyring(vault.next_keyring(first, of="encryption"), of="search")
    old, new = vault.read_keyring(first), vault.read_keyring(second)
    assert list(new.keys.values())[1:] == list(old.keys.values())
    assert list(new.search.values())[1:] == list(old.search.values())
    assert new.primary not in old.keys
    last = vault.read_keyring(vault.next_keyring(second, of="last"))
    assert (last.keys, last.search) == ({new.primary: new.keys[new.primary]}, dict([next(iter(new.search.items()))]))
    # What codes and digests are made from never changed.
    assert old.derived == new.derived == last.derived
    assert not any(key.hex() in repr(new) or str(key) in repr(new) for key in [*new.keys.values(), new.derived])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "null",
        "{}",
        '{"encryption": {}}',
        '{"encryption": {"primary": "a", "keys": ["c2VjcmV0"]}, "search": {"key": "c2VjcmV0"}}',
        '{"encryption": {"primary": "a", "keys": {"a": "c2VjcmV0"}}, "search": {"key": "c2VjcmV0"}}',
        '{"encryption": {"primary": "a", "keys": {"a": "not base64 c2VjcmV0!"}}, "search": {"key": ""}}',
        '{"encryption": {"primary": "a", "keys": {"a": 7}}, "search": {"key": 7}}',
        '{"encryption": {"primary": ["a"], "keys": {}}, "search": {"key": ""}}',
        ring("other").replace('"primary": "other"', '"primary": "c2VjcmV0"'),
    ],
)
def test_a_faulty_ring_is_one_sentence_that_quotes_no_key(text: str) -> None:
    with pytest.raises(ImproperlyConfigured) as fault:
        vault.read_keyring(text)
    assert str(fault.value) in {
        "KEYRING is not a keyring. Make one with `python manage.py make_keyring`.",
        "KEYRING lacks its primary key, or a key in it is not 32 bytes long.",
    }
    assert fault.value.__suppress_context__ or fault.value.__context__ is None


def test_search_terms_are_worthless_without_the_search_key(use) -> None:
    use(ring("a"))
    first = vault.keyed(["w:ventana", "w:rota", "w:rota"])
    assert first == sorted(set(first))
    assert len(first) == 2
    assert vault.keyed(["w:rota", "w:ventana"]) == first
    use(ring("a"))
    assert set(vault.keyed(["w:ventana", "w:rota"])).isdisjoint(first)


def test_terms_fit_a_column_of_64_bits() -> None:
    found = vault.keyed(str(number) for number in range(500))
    assert len(found) == 500
    assert min(found) < 0 < max(found)
    assert all(-(2**63) <= term < 2**63 for term in found)


def test_derived_keys_differ_by_purpose() -> None:
    assert vault.derived_key("access-code") == vault.derived_key("access-code")
    assert vault.derived_key("access-code") != vault.derived_key("another")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON, st.uuids())
def test_every_document_comes_back_whole(document: object, row: uuid.UUID) -> None:
    place = Place("report", "document", str(row))
    key = vault.new_data_key(place=place)
    assert vault.open_sealed(vault.seal(document, key=key, place=place), key=key, place=place) == document
