"""Makes the folders of ATLAS_HOME: ``python -m services.kit.home``.

TensorFlow Serving does not start without its list of models, which it may only read. In containers, this
therefore runs before all services.
"""

from __future__ import annotations

import sys

from services.contracts.errors import AtlasError
from services.kit.settings import load_settings
from services.store import Store


def main() -> int:
    """Make the folders; exit code 1 and one sentence if they cannot be made."""
    try:
        Store(load_settings().home).prepare()
    except AtlasError as error:
        print(error.message, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
