"""Makes the folders of ATLAS_HOME: ``python -m services.kit.home``.

TensorFlow Serving does not start without its list of models, and may only read it. So where services
come up in containers, this runs before all of them.
"""

from __future__ import annotations

import sys

from services.contracts.errors import AtlasError
from services.kit.settings import load_settings
from services.store import Store


def main() -> int:
    """Exit code 1 and one sentence where the folders cannot be made."""
    try:
        Store(load_settings().home).prepare()
    except AtlasError as error:
        print(error.message, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
