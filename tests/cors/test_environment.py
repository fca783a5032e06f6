"""Strict readers: what is doubtful refuses to start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from cors import environment as env


def test_text(monkeypatch):
    monkeypatch.setenv("NAME", "  value ")
    assert env.text("NAME") == "value"
    monkeypatch.setenv("NAME", "  ")
    assert env.text("NAME", default="other") == "other"
    with pytest.raises(ImproperlyConfigured, match=r"^NAME is not set. Do this.$"):
        env.text("NAME", how="Do this.")


@pytest.mark.parametrize(("value", "read"), [("True", True), ("False", False), ("", True)])
def test_flag(monkeypatch, value, read):
    monkeypatch.setenv("NAME", value)
    assert env.flag("NAME", default=True) is read


@pytest.mark.parametrize("value", ["true", "1", "yes", "FALSE"])
def test_flag_refuses(monkeypatch, value):
    monkeypatch.setenv("NAME", value)
    with pytest.raises(ImproperlyConfigured, match="must be True or False"):
        env.flag("NAME", default=True)


@pytest.mark.parametrize("value", ["-1", "1.5", "ten", "\N{ARABIC-INDIC DIGIT THREE}"])
def test_number_refuses(monkeypatch, value):
    monkeypatch.setenv("NAME", value)
    with pytest.raises(ImproperlyConfigured, match="must be a whole number"):
        env.number("NAME", default=1)


def test_number_refuses_less_than_the_least(monkeypatch):
    monkeypatch.setenv("NAME", "0")
    assert env.number("NAME", default=1) == 0
    with pytest.raises(ImproperlyConfigured, match=r"^NAME must be 1 or more.$"):
        env.number("NAME", default=1, least=1)


@pytest.mark.parametrize("value", ["", "http://translate:5000", "https://mt.example.org/libre/", "http://[::1]:5000"])
def test_address(monkeypatch, value):
    monkeypatch.setenv("NAME", value)
    assert env.address("NAME") == value


@pytest.mark.parametrize(
    "value",
    [
        "translate:5000",
        "ftp://host",
        "https://",
        "https://user:secret@host",
        "https://host?key=secret",
        "https://host#part",
        "http://host:port",
        "http://[::1",
        "file:///etc/passwd",
    ],
)
def test_address_refuses_without_quoting(monkeypatch, value):
    monkeypatch.setenv("NAME", value)
    with pytest.raises(ImproperlyConfigured, match=r"^NAME must be an address such as https://host:port.$"):
        env.address("NAME")


def test_words(monkeypatch):
    monkeypatch.setenv("NAME", " a.example, ,b.example,")
    assert env.words("NAME") == ["a.example", "b.example"]


def test_secret_comes_from_a_file(monkeypatch, tmp_path):
    path = tmp_path / "secret"
    path.write_text("from the file\n")
    monkeypatch.setenv("NAME_FILE", str(path))
    assert env.secret("NAME", how="") == "from the file"
    assert env.secret("OTHER", how="", default="none") == "none"
    path.unlink()
    with pytest.raises(ImproperlyConfigured, match="NAME_FILE cannot be read"):
        env.secret("NAME", how="")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("false", "KEYRING_COMMAND failed with exit code 1."),
        ("/nonexistent/program", "KEYRING_COMMAND cannot be run: FileNotFoundError."),
        ("echo 'unclosed", "KEYRING_COMMAND cannot be run: ValueError."),
        ("true", "KEYRING_COMMAND printed nothing."),
        ("sleep 30", "KEYRING_COMMAND has not answered within 1 seconds."),
    ],
)
def test_a_key_command_that_fails_is_told_without_its_words(monkeypatch, command, said):
    monkeypatch.setenv("KEYRING_COMMAND", command)
    monkeypatch.setenv("KEYRING_SECONDS", "1")
    with pytest.raises(ImproperlyConfigured) as refused:
        env.printed_secret("KEYRING", how="")
    assert str(refused.value) == said


def test_a_key_command_goes_before_the_variable_and_its_file(monkeypatch, tmp_path):
    monkeypatch.setenv("KEYRING", "plain")
    assert env.printed_secret("KEYRING", how="") == "plain"
    (tmp_path / "ring").write_text("of a file\n")
    monkeypatch.setenv("KEYRING_FILE", str(tmp_path / "ring"))
    assert env.printed_secret("KEYRING", how="") == "of a file"
    monkeypatch.setenv("KEYRING_COMMAND", f"cat {tmp_path / 'ring'}")
    assert env.printed_secret("KEYRING", how="") == "of a file"
