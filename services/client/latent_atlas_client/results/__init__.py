"""Answers with images and maps, as arrays."""

from latent_atlas_client.results.images import (
    ClassifiedImage,
    Crossing,
    ImageClass,
    Images,
    Located,
    Place,
    Walk,
    images,
    located,
    walk,
)
from latent_atlas_client.results.judges import Judged, Judgement, RealImages, judged, real_images
from latent_atlas_client.results.layers import (
    Ablated,
    Activations,
    LayerActivations,
    MapEffect,
    ablated,
    activations,
)
from latent_atlas_client.results.maps import (
    ClassMap,
    LatentMap,
    MapProgress,
    ScalarMap,
    class_map,
    latent_map,
)
from latent_atlas_client.results.surfaces import LossPath, LossSurface, loss_surface

__all__ = [
    "Ablated",
    "Activations",
    "ClassMap",
    "ClassifiedImage",
    "Crossing",
    "ImageClass",
    "Images",
    "Judged",
    "Judgement",
    "LatentMap",
    "LayerActivations",
    "Located",
    "LossPath",
    "LossSurface",
    "MapEffect",
    "MapProgress",
    "Place",
    "RealImages",
    "ScalarMap",
    "Walk",
    "ablated",
    "activations",
    "class_map",
    "images",
    "judged",
    "latent_map",
    "located",
    "loss_surface",
    "real_images",
    "walk",
]
