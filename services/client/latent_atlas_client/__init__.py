"""Latent Atlas from Python: train GANs with a small latent space, and explore all of it.

    from latent_atlas_client import Client

    with Client() as atlas:
        atlas.runs.submit({"name": "mine", "dataset": "digits"})
        atlas.runs.wait("mine", on_progress=print)
        images = atlas.models.generate("mine", [[0.5, -0.2], [0, 0]])
        print(images.pixels.shape, images.class_ids)
        print(atlas.models.map("mine", resolution=100).shares)
        print(atlas.models.map("mine", theme="stretch").values.mean())

`AsyncClient` has the same methods for event loops. All errors are `AtlasError`s; the module `errors` shows
their tree. Specs, runs and reports are dataclasses (`types`), images and maps arrays (`results`).
"""

from latent_atlas_client import errors, types
from latent_atlas_client._async.client import AsyncClient
from latent_atlas_client._sync.client import Client
from latent_atlas_client.arrays import Columns
from latent_atlas_client.defaults import default_key, default_url
from latent_atlas_client.errors import ApiError, AtlasError, FieldProblem, InvalidInput, Unreachable
from latent_atlas_client.events import FINISHED, Event
from latent_atlas_client.media import Media
from latent_atlas_client.results import (
    Ablated,
    Activations,
    ClassifiedImage,
    ClassMap,
    Crossing,
    ImageClass,
    Images,
    Judged,
    Judgement,
    LatentMap,
    LayerActivations,
    Located,
    LossPath,
    LossSurface,
    MapEffect,
    MapProgress,
    Place,
    RealImages,
    ScalarMap,
    Walk,
)
from latent_atlas_client.types import (
    AblationMap,
    ClassCount,
    Dataset,
    DatasetPreview,
    Edit,
    Experiment,
    ExperimentSpec,
    LossSurfaceJob,
    Model,
    Preview,
    Recipe,
    Report,
    Run,
    Theme,
    TrainingSpec,
)

__version__ = "0.1.0"

__all__ = [
    "FINISHED",
    "Ablated",
    "AblationMap",
    "Activations",
    "ApiError",
    "AsyncClient",
    "AtlasError",
    "ClassCount",
    "ClassMap",
    "ClassifiedImage",
    "Client",
    "Columns",
    "Crossing",
    "Dataset",
    "DatasetPreview",
    "Edit",
    "Event",
    "Experiment",
    "ExperimentSpec",
    "FieldProblem",
    "ImageClass",
    "Images",
    "InvalidInput",
    "Judged",
    "Judgement",
    "LatentMap",
    "LayerActivations",
    "Located",
    "LossPath",
    "LossSurface",
    "LossSurfaceJob",
    "MapEffect",
    "MapProgress",
    "Media",
    "Model",
    "Place",
    "Preview",
    "RealImages",
    "Recipe",
    "Report",
    "Run",
    "ScalarMap",
    "Theme",
    "TrainingSpec",
    "Unreachable",
    "Walk",
    "default_key",
    "default_url",
    "errors",
    "types",
]
