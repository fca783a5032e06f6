"""The one error of the local servers."""


class LocalServerError(RuntimeError):
    """A local server cannot be had. Its text is one sentence for the person at the keyboard."""
