"""manage.py make_keyring: prints a keyring. Needs no settings, as it makes one of them."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter

from cors import environment as env
from cors import services
from reports import vault

EXAMPLES = """
examples:
  make_keyring                        a new keyring, for a new portal
  make_keyring --next encryption      the keyring in force with a fresh key that seals from now on
  make_keyring --next search          the keyring in force with a fresh key of the search terms
  make_keyring --next last            the keyring in force without the keys before, when nothing needs them any more

Install what is printed as KEYRING everywhere, restart every process, then run `rotate_keys` or `renew_search`.
"""


def keyring(arguments: list[str]) -> str:
    """Return what the command prints. Raises ImproperlyConfigured when the keyring in force cannot be read."""
    parser = ArgumentParser(prog="manage.py make_keyring", epilog=EXAMPLES, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--next", choices=["encryption", "search", "last"], help="go on from the keyring in force")
    of = parser.parse_args(arguments).next
    if not of:
        return services.new_keyring()
    return vault.next_keyring(env.printed_secret("KEYRING", how="Without one there is none to go on from."), of=of)
