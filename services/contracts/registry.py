"""Tables of named things: one place for each kind, in which every name stands once.

Extending the product means adding an entry to such a table. A table may be bound to another one's names:
what the training spec offers, the trainer must implement, all of it and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import TypeVar

T = TypeVar("T")
Entry = TypeVar("Entry")


class UnknownName(KeyError):
    """There is no entry of this name."""

    def __init__(self, what: str, name: str, known: Collection[str]) -> None:
        close = get_close_matches(name, known, n=1)
        nearest = f"; the nearest is {close[0]!r}" if close else ""
        super().__init__(f"there is no {what} {name!r}{nearest}; there are: {', '.join(known) or 'none'}")

    def __str__(self) -> str:
        # KeyError would show the sentence in quotes.
        return str(self.args[0])


class DuplicateName(ValueError):
    """A second entry of the same name."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"there is already a {what} {name!r}")


class MissingEntries(ValueError):
    """Names that are offered but have no entry.

    Attributes:
        what: what they would be names of.
        names: these.
    """

    def __init__(self, what: str, names: Collection[str]) -> None:
        super().__init__(f"missing: {', '.join(f'{what} {name!r}' for name in names)}")
        self.what, self.names = what, tuple(names)


class Registry(Mapping[str, T]):
    """Entries by name, in the order in which they were added."""

    def __init__(
        self, what: str, entries: Iterable[tuple[str, T]] = (), offered: Collection[str] | None = None
    ) -> None:
        """Make the table.

        Args:
            what: one of its entries, in words for messages, such as "loss".
            entries: the first ones, each with its name.
            offered: the only names that are allowed; None: any.

        Raises:
            DuplicateName: two entries have the same name.
            UnknownName: an entry's name is not offered.
        """
        self._what, self._offered = what, offered
        self._entries: dict[str, T] = {}
        for name, entry in entries:
            self.add(name, entry)

    def add(self, name: str, entry: T) -> None:
        """Add one entry.

        Raises:
            DuplicateName: the name is taken.
            UnknownName: the name is not offered.
        """
        if self._offered is not None and name not in self._offered:
            raise UnknownName(self._what, name, self._offered)
        if name in self._entries:
            raise DuplicateName(self._what, name)
        self._entries[name] = entry

    def register(self, name: str) -> Callable[[Entry], Entry]:
        """Decorator that adds a function or a class under a name, and leaves it as it is."""

        def add(entry: Entry) -> Entry:
            self.add(name, entry)  # type: ignore[arg-type]
            return entry

        return add

    def require_all(self) -> None:
        """Check that every name that is offered has its entry.

        Raises:
            MissingEntries: some have none.
        """
        missing = [name for name in self._offered or () if name not in self._entries]
        if missing:
            raise MissingEntries(self._what, missing)

    def __getitem__(self, name: str) -> T:
        try:
            return self._entries[name]
        except KeyError:
            raise UnknownName(self._what, name, self._entries) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
