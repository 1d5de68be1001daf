"""One tree of errors, without transport codes; each edge (HTTP, CLI, Celery) maps it once.

AtlasError
├── InvalidInput          the caller's data is wrong; says which field
├── NotFound              no such thing
│   ├── RunNotFound
│   ├── ExperimentNotFound
│   ├── EpochNotFound
│   ├── StateNotKept
│   ├── DatasetNotFound
│   ├── ModelNotFound
│   └── VersionNotFound
├── Conflict              the thing is not in a state that allows it
│   ├── NameTaken
│   └── WrongState
├── AccessDenied          no key, or a wrong one
│   └── ScopeMissing      the key may not do this
├── Unavailable           cannot be answered now; worth trying again
│   ├── ModelNotReady
│   ├── ServingUnavailable
│   ├── QueueUnavailable
│   ├── Overloaded
│   ├── RateLimited
│   └── FileLocked
├── DeadlineExceeded      the answer took longer than its caller allowed
├── DataUnavailable       a data set could not be found or fetched
├── StorageFailed         the disk is full or does not let us write
└── LeaseLost             another worker has taken this run over
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath


class AtlasError(Exception):
    """The root: every error that is part of the language has one sentence for a person.

    Attributes:
        message: The sentence, for this machine's own terminals and logs.
        told: The sentence for callers elsewhere, who need not know where things lie on this machine.
    """

    def __init__(self, message: str, told: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.told = message if told is None else told


class FieldProblem(AtlasError):
    """What is wrong with one field, by its dotted path (``network.activation.name``)."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path
        self.problem = message


class InvalidInput(AtlasError):
    """One or more fields of what was given are wrong."""

    def __init__(self, message: str, problems: tuple[FieldProblem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems

    @classmethod
    def field(cls, path: str, message: str) -> InvalidInput:
        """The common case: one field is wrong."""
        problem = FieldProblem(path, message)
        return cls(problem.message, (problem,))


class NotFound(AtlasError):
    """What was asked for does not exist."""


class RunNotFound(NotFound):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is no run named {name!r}.")


class ExperimentNotFound(NotFound):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is no experiment named {name!r}.")


class EpochNotFound(NotFound):
    def __init__(self, run: str, what: str, epoch: int) -> None:
        super().__init__(f"Run {run!r} has no {what} of epoch {epoch}.")


class StateNotKept(NotFound):
    """The training state of an epoch is not, or no longer, on the disk."""

    def __init__(self, run: str, epoch: int | None, kept: Collection[int]) -> None:
        whose = "any epoch" if epoch is None else f"epoch {epoch}"
        known = ", ".join(map(str, kept)) or "none"
        super().__init__(f"Run {run!r} does not keep the training state of {whose}; it keeps: {known}.")


class DatasetNotFound(NotFound):
    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no dataset named {name!r}; there are: {', '.join(known)}.")


class ModelNotFound(NotFound):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is no model named {name!r}.")


class VersionNotFound(NotFound):
    def __init__(self, model: str, version: int, known: tuple[int, ...]) -> None:
        versions = ", ".join(map(str, known)) or "none yet"
        super().__init__(f"Model {model!r} has no version {version}; it has: {versions}.")


class Conflict(AtlasError):
    """The state of what was asked for does not allow the request."""


class NameTaken(Conflict):
    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"There is a {kind} named {name!r} already; choose another name.")


class WrongState(Conflict):
    def __init__(self, name: str, state: str, verb: str, kind: str = "Run") -> None:
        super().__init__(f"{kind} {name!r} is {state}, so it cannot be {verb}.")


class AccessDenied(AtlasError):
    """No API key, or one that is not known."""


class ScopeMissing(AccessDenied):
    """The key is known, and not allowed to do this."""


class Unavailable(AtlasError):
    """No answer is possible now; the caller may retry after ``retry_after`` seconds."""

    def __init__(self, message: str, retry_after: int = 2, told: str | None = None) -> None:
        super().__init__(message, told)
        self.retry_after = retry_after


class ModelNotReady(Unavailable):
    """The model is known but the model server has not loaded it yet."""


class ServingUnavailable(Unavailable):
    """The model server does not answer."""


class QueueUnavailable(Unavailable):
    """The queue of trainings (Redis) does not answer."""


class Overloaded(Unavailable):
    """Too many requests wait already."""


class RateLimited(Unavailable):
    """This caller has exceeded its rate limit."""


class FileLocked(Unavailable):
    """Another process holds a file's lock for too long."""

    def __init__(self, path: str, waited: float) -> None:
        what = f"has been locked by another process for {waited:g} s"
        super().__init__(
            f"{path} {what}: if that process hangs, end it (`fuser` names it), then try again.",
            told=f"{PurePath(path).name} {what}; try again soon.",
        )


class DeadlineExceeded(AtlasError):
    """The answer took longer than its caller allowed."""


class DataUnavailable(AtlasError):
    """A data set could not be found, fetched or read."""


class StorageFailed(AtlasError):
    """The disk is full or does not let us write."""

    @classmethod
    def at(cls, path: PurePath, sentence: str) -> StorageFailed:
        """From a sentence with ``{}`` for the path, of which remote callers see only the last part."""
        return cls(sentence.replace("{}", str(path)), sentence.replace("{}", path.name or "the folder"))


class LeaseLost(AtlasError):
    """Another worker has taken this run over; this one must not publish anything more."""
