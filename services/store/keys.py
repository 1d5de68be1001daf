"""API keys on disk: their hashes, their scopes, and when they were made and revoked."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.contracts.errors import Conflict, InvalidInput, NotFound, StorageFailed
from services.contracts.names import KEY_PATTERN
from services.contracts.sentences import sentence_of
from services.store import files

Scope = Literal["read", "train", "admin"]
SCOPES: tuple[Scope, ...] = ("read", "train", "admin")
"""Each includes those before it: view and explore; submit and control runs; delete."""
_SECRET_BYTES = 32


class KeyRecord(BaseModel):
    """One API key. The key itself is shown once, when it is made, and never stored."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=KEY_PATTERN, description="Who or what uses it")
    scope: Scope
    rate: float | None = Field(
        None, gt=0, le=100_000, description="Requests a second, on average; null: no limit"
    )
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of the key")
    created: datetime
    revoked: datetime | None = None


class KeyStore:
    """The file `keys.json` of a home folder."""

    def __init__(self, home: Path) -> None:
        self.path = home / "keys.json"
        self._lock = home / ".keys.lock"

    def all(self) -> tuple[KeyRecord, ...]:
        """All keys, including revoked ones. `StorageFailed` if the file cannot be read or is malformed."""
        try:
            data = self.path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            # Not treated as "no keys", which would open the API.
            raise StorageFailed.at(self.path, f"Cannot read {{}}: {error.strerror}.") from error
        try:
            return tuple(KeyRecord.model_validate(item) for item in json.loads(data)["keys"])
        except (ValueError, KeyError, TypeError) as error:
            raise StorageFailed(
                f"{self.path} is not a list of keys: {error}.",
                told=f"{self.path.name} is not a list of keys.",
            ) from error

    def create(self, name: str, scope: str = "read", rate: float | None = None) -> str:
        """Make a key; it is returned only this once.

        Raises:
            InvalidInput: the name, the scope or the rate is not valid.
            Conflict: a key of this name is in use.
        """
        if scope not in SCOPES:
            raise InvalidInput.field("scope", f"must be one of: {', '.join(SCOPES)}")
        key = f"atlas_{secrets.token_urlsafe(_SECRET_BYTES)}"
        try:
            record = KeyRecord(
                name=name, scope=scope, rate=rate, sha256=key_hash(key.encode()), created=datetime.now(UTC)
            )
        except ValidationError as error:
            item = error.errors(include_url=False)[0]
            raise InvalidInput.field(str(item["loc"][0]), sentence_of(item)) from error
        files.make_folder(self.path.parent)
        with files.locked(self._lock):
            known = self.all()
            if any(other.name == name and other.revoked is None for other in known):
                raise Conflict(f"There is a key named {name!r} already; revoke it or choose another name.")
            self._write([*known, record])
        return key

    def revoke(self, name: str) -> None:
        """Revoke a key. `NotFound` if no key of this name is in use."""
        files.make_folder(self.path.parent)
        with files.locked(self._lock):
            known = self.all()
            if not any(record.name == name and record.revoked is None for record in known):
                raise NotFound(f"There is no key named {name!r} in use.")
            now = datetime.now(UTC)
            self._write(
                record.model_copy(update={"revoked": now})
                if record.name == name and record.revoked is None
                else record
                for record in known
            )

    def _write(self, records: Iterable[KeyRecord]) -> None:
        files.write_json(self.path, {"keys": [record.model_dump(mode="json") for record in records]})


def key_hash(key: bytes) -> str:
    """SHA-256 in hexadecimal; enough, as keys are too long and random to be guessed."""
    return hashlib.sha256(key).hexdigest()
