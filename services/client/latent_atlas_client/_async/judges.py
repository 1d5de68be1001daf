"""What the judges of a model say of images, and where real images lie on its map."""

from __future__ import annotations

from typing import Any

from numpy.typing import ArrayLike

from latent_atlas_client import results
from latent_atlas_client._async.lists import pages
from latent_atlas_client._async.model_calls import AsyncModelCalls, model_path
from latent_atlas_client.wire import arguments


class AsyncJudges(AsyncModelCalls):
    """The three judges: the classifier, the discriminator and the two-sample network."""

    async def judge(
        self,
        model: str,
        points: ArrayLike | None = None,
        *,
        image: arguments.ImageLike | None = None,
        labels: ArrayLike | None = None,
        label: int | None = None,
        version: int | None = None,
    ) -> results.Judged:
        """What the three judges say of the images of points, or of a given image.

        Args:
            model: its name.
            points: float[n, d], up to 1,024; float[d] is a single point. Instead of points:
            image: uint8[h, w] or [h, w, 1] (grey) or [h, w, 3], or a PNG, JPEG or WebP file, as its bytes
                or its path, of up to 2 MiB. Its central square is scaled to the model's shape.
            labels: int[n], class id of each point; conditional models need them.
            label: class id that the discriminator of a conditional model is told of the given image; the
                class that the classifier names if not given.
            version: see the class of the client's `models`.

        Returns:
            class_probabilities float64[n, k]; discriminator and two_sample float64[n]: probability of being
            a real image, 0 to 1; discriminator_scores float64[n]; and all of it image by image.

        Raises:
            ValueError: points and an image are given.
            OSError: the file cannot be read.

        Example:
            >>> judged = atlas.models.judge("digits-2d", [[0.5, -0.2], [0, 0]])
            >>> judged.discriminator, judged.two_sample
            (array([0.71, 0.44]), array([0.08, 0.02]))
            >>> judged.judgements[0].sentence
            'The discriminator takes this for real, an independent network does not.'
            >>> atlas.models.judge("digits-2d", image="digit.png").judgements[0].classes[0].label
            '7'
        """
        if image is None:
            body = arguments.generate_body(points, None, None, labels, version)
            return results.judged(await self._ask(model, "judge", body))
        if points is not None or labels is not None:
            raise ValueError("Give points and their labels, or an image and its label; not both.")
        query = arguments.given(label=label, version=version)
        return results.judged(await self._ask_of_image(model, "judge", arguments.image_file(image), query))

    async def real_images(
        self, model: str, *, label: int | None = None, version: int | None = None
    ) -> results.RealImages:
        """Held-out images of the data set, each at its nearest point of the latent space; requested page by
        page, all of one version.

        Args:
            model: its name.
            label: only images of this class id.
            version: see the class of the client's `models`.

        Returns:
            points float32[n, d], distances float64[n] (root mean square over pixels in [-1, 1]), labels,
            class_ids and indices int64[n].

        Example:
            >>> real = atlas.models.real_images("digits-2d", label=7)
            >>> far = real.distances > real.median
            >>> atlas.datasets.image(real.dataset, "test", real.indices[far][0]).shape
            (28, 28, 1)
        """
        found: list[dict[str, Any]] = []
        query = arguments.given(label=label, version=version)
        async for page in pages(self._http, f"{model_path(model)}/real-images", query):
            found.append(page)
            query["version"] = page["version"]  # a newer one may be exported before the next page
        return results.real_images(found)
