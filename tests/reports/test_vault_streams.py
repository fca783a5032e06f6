"""Sealing bytes as they come."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import vault
from reports.vault import CHUNK_BYTES, SEALED_CHUNK_BYTES, CannotOpen, Place

HERE = Place("attachment", "stored", "1")
CHUNKS = 3
PLAIN = bytes(range(256)) * (CHUNK_BYTES // 256 * CHUNKS) + b"and a rest"


@pytest.fixture
def key() -> vault.DataKey:
    return vault.loose_key()


def sealed(key: vault.DataKey, plain: bytes = PLAIN, place: Place = HERE) -> bytes:
    return b"".join(vault.seal_stream([plain], key=key, place=place))


def opened(content: bytes, key: vault.DataKey, place: Place = HERE) -> bytes:
    return b"".join(vault.open_stream(BytesIO(content), key=key, place=place))


def pieces(content: bytes) -> list[bytes]:
    return [content[at : at + SEALED_CHUNK_BYTES] for at in range(1, len(content), SEALED_CHUNK_BYTES)]


@pytest.mark.parametrize(
    "length", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 9]
)
def test_it_opens_what_it_sealed(key: vault.DataKey, length: int) -> None:
    assert opened(sealed(key, PLAIN[:length]), key) == PLAIN[:length]


@given(st.lists(st.integers(0, 150_000), max_size=5))
def test_it_does_not_matter_in_which_pieces_it_comes(lengths: list[int]) -> None:
    key = vault.loose_key()
    parts = [PLAIN[:length] for length in lengths]
    stream = b"".join(vault.seal_stream(parts, key=key, place=HERE))
    assert opened(stream, key) == b"".join(parts)


def test_it_never_seals_alike(key: vault.DataKey) -> None:
    assert sealed(key) != sealed(key)


def test_it_holds_no_more_than_a_chunk(key: vault.DataKey) -> None:
    sealer = vault.StreamSealer(key=key, place=HERE)
    for _each in range(100):
        sealer.add(bytes(1000) * 200)
        assert len(sealer._held) <= CHUNK_BYTES


def test_cut_off_at_any_chunk_it_fails_loudly(key: vault.DataKey) -> None:
    whole = sealed(key)
    assert len(pieces(whole)) == CHUNKS + 1
    for kept in range(CHUNKS + 1):
        with pytest.raises(CannotOpen):
            opened(whole[: 1 + kept * SEALED_CHUNK_BYTES], key)
    with pytest.raises(CannotOpen):
        opened(whole[:-1], key)


@pytest.mark.parametrize(
    "order", [(1, 0, 2, 3), (0, 2, 1, 3), (0, 1, 1, 3), (0, 1, 3), (0, 1, 2, 3, 3), (0, 1, 2, 2, 3)]
)
def test_chunks_in_another_order_fail_loudly(key: vault.DataKey, order: tuple[int, ...]) -> None:
    parts = pieces(sealed(key))
    with pytest.raises(CannotOpen):
        opened(b"\x02" + b"".join(parts[at] for at in order), key)


def test_a_chunk_of_another_stream_fails_loudly(key: vault.DataKey) -> None:
    mine, other = pieces(sealed(key)), pieces(sealed(key, place=Place("attachment", "copy", "1")))
    with pytest.raises(CannotOpen):
        opened(b"\x02" + b"".join([mine[0], other[1], *mine[2:]]), key)


@pytest.mark.parametrize("at", [0, 1, 20, SEALED_CHUNK_BYTES, SEALED_CHUNK_BYTES + 1, -1])
def test_an_altered_byte_fails_loudly(key: vault.DataKey, at: int) -> None:
    content = bytearray(sealed(key))
    content[at] ^= 1
    with pytest.raises(CannotOpen):
        opened(bytes(content), key)


@pytest.mark.parametrize("content", [b"", b"\x02", b"\x01" + bytes(100), b"\x02" + bytes(5)])
def test_nonsense_fails_loudly(key: vault.DataKey, content: bytes) -> None:
    with pytest.raises(CannotOpen):
        opened(content, key)


def test_another_key_or_place_does_not_open(key: vault.DataKey) -> None:
    for other_key, place in ((vault.loose_key(), HERE), (key, Place("attachment", "stored", "2"))):
        with pytest.raises(CannotOpen):
            opened(sealed(key), other_key, place)


def test_a_key_under_another_opens_with_that_one_only(key: vault.DataKey) -> None:
    parent, stranger = vault.loose_key(), vault.loose_key()
    wrapped = vault.wrap_under(key, parent=parent, place=HERE).wrapped
    assert key.secret not in wrapped
    assert vault.unwrap_under(wrapped, parent=parent, place=HERE).secret == key.secret
    for other, place in ((stranger, HERE), (parent, Place("attachment", "wrapped_key", "2"))):
        with pytest.raises(CannotOpen):
            vault.unwrap_under(wrapped, parent=other, place=place)
