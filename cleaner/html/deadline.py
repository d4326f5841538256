"""How long a page may take."""

from __future__ import annotations

from time import monotonic

from cleaner.errors import TimeLimitError


class Deadline:
    """Runs from its making on."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._begin = monotonic()

    def check(self) -> None:
        """Give up if the time is over.

        Raises:
            TimeLimitError: it is.
        """
        if not self.allows(1):
            raise TimeLimitError(
                f"the page takes longer than {self._seconds:g} s to read: allow it more, or save it without what is "
                "around the article"
            )

    def allows(self, times: float) -> bool:
        """Whether the time would last for `times` as much as was done up to now, all in all.

        What is still to be done takes about as long as what was done, on a machine of any speed.
        """
        return (monotonic() - self._begin) * times <= self._seconds
