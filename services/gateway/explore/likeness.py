"""How alike the classifier finds two images, and when one of them shows another thing than the other.

The features are log-odds of the classes. Unlike probabilities, they tell a sure 2 from a doubtful one, and
which other class an image comes near to. Beyond 99 to 1 they say nothing more of an image's looks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SURE = 0.6
"""Probability from which the wanted image's class is taken for certain."""
MISS = 2.0
"""Added to the distance of an image of another class: as much as pixels and features together can differ
by, so that every image of the wanted class comes first."""
_MOST = float(np.log(99))
"""Log-odds of 99 %, where they end."""


@dataclass(frozen=True, eq=False)
class Seen:
    """What the classifier sees in the wanted image.

    Attributes:
        probabilities: float32[k], of the classes.
    """

    probabilities: NDArray[np.float32]

    @property
    def class_id(self) -> int:
        return int(self.probabilities.argmax())

    @property
    def probability(self) -> float:
        """Of the class that is named."""
        return float(self.probabilities.max())

    @property
    def sure(self) -> bool:
        return self.probability >= SURE

    def misses(self, class_ids: NDArray[np.int32]) -> NDArray[np.float64]:
        """`MISS` for images of another class, if the wanted one's is certain: float64[n] of int32[n]."""
        return np.where((class_ids != self.class_id) & self.sure, MISS, 0.0)

    def differences(self, probabilities: NDArray[np.float32]) -> NDArray[np.float64]:
        """RMS difference of the features of float32[n, k] from the wanted ones: float64[n], 0 to 1."""
        apart = log_odds(probabilities) - log_odds(self.probabilities)
        return np.asarray(np.sqrt(np.mean(apart**2, axis=-1)) / (2 * _MOST))

    def least_differences(
        self, class_ids: NDArray[np.int32], probabilities: NDArray[np.float32]
    ) -> NDArray[np.float64]:
        """What `differences` are at least, by the named classes alone: float64[n].

        Args:
            class_ids: int32[n], the classes that are named.
            probabilities: float32[n], theirs: each one of the k features.
        """
        apart = np.abs(log_odds(probabilities) - log_odds(self.probabilities)[class_ids])
        return np.asarray(apart / (2 * _MOST * np.sqrt(len(self.probabilities))))


def log_odds(probabilities: NDArray[np.float32]) -> NDArray[np.float64]:
    """log(p / (1 − p)), kept within that of 1 % and that of 99 %."""
    kept = np.clip(probabilities.astype(np.float64), 0.01, 0.99)
    return np.asarray(np.log(kept / (1 - kept)))
