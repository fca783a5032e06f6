"""Where lists are read without a replica. With one: tests/scale/test_replica.py."""

from reports import reading


def test_without_a_replica_no_database_is_asked() -> None:
    with reading.from_replica(after="0/1") as is_replica:
        assert not is_replica
        assert (reading.alias(), reading.position()) == ("default", "")
