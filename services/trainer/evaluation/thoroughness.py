"""How thoroughly an exported epoch is looked at.

Without TensorFlow, so that whoever passes it on loads none.
"""

from __future__ import annotations

from dataclasses import dataclass

_ASKED, _SURVEYED = 4, 8
"""Points of the latent space, at most, for each held-out image: small data sets need no fine grid.

With 360 digits, in two and in four dimensions, 32 of each moved no median of the distances and no mean of
the stretch by more than 0.1 %, for twice the time.
"""


@dataclass(frozen=True)
class Thoroughness:
    """Of the judges' figures, and of the search for real images.

    A pass is the work of generating one image; one with its Jacobian is 1 + d passes.

    Attributes:
        points: of the latent space that the judges are asked about, at most.
        surveyed: points where the search for real images begins, at most.
        candidates: of these that are refined, for each image.
        steps: Gauss-Newton steps from each of them.
        images: that are looked for at each exported epoch, at most.
        passes: of one search's refinement, at most, or of the stretch: many dimensions get fewer images.
    """

    points: int = 2400
    surveyed: int = 10_000
    candidates: int = 2
    steps: int = 3
    images: int = 1000
    passes: int = 40_000

    def points_for(self, held_out: int) -> int:
        """Points of the judges' figures, for a data set with so many held-out images."""
        return min(self.points, _ASKED * held_out)

    def surveyed_for(self, held_out: int) -> int:
        """Points of the survey, for a data set with so many held-out images."""
        return min(self.surveyed, _SURVEYED * held_out)

    def stretched_for(self, points: int, dim: int) -> int:
        """At how many of so many points the stretch is measured in d dimensions."""
        return max(1, min(points, self.passes // (1 + dim)))

    def images_for(self, held_out: int, dim: int, final: bool) -> int:
        """How many of so many images are looked for in d dimensions.

        Up to four dimensions all of them at the end of a training; many dimensions: as many as
        the passes allow, of which the end has as many more as it has images.
        """
        wanted = held_out if final else min(self.images, held_out)
        passes = self.passes * max(1.0, wanted / self.images)
        return max(1, min(wanted, int(passes / (self.candidates * (1 + self.steps * (1 + dim))))))


THOROUGH = Thoroughness()
