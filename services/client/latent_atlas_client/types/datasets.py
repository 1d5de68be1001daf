"""Types of the API: datasets.

Generated from the API's description by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """What one can know of a data set without loading it."""

    name: str
    """Name to give as `dataset` of a training"""
    title: str
    """Name for people"""
    image_shape: tuple[int, ...]
    """Height, width and channels of its images, in pixels"""
    classes: tuple[str, ...]
    """Names of its classes, in the order of their ids; empty if it has none"""
    train: int
    """Number of training images"""
    test: int
    """Number of test images, never trained on"""
    uploaded: bool = False
    """Whether it was uploaded, and so can be removed"""
    at_hand: bool = True
    """Whether its images are on this machine, so that they can be shown; those of built-in ones are once
    a training has loaded them
    """


@dataclass(frozen=True, kw_only=True)
class ClassCount:
    """A class of an upload."""

    name: str
    """Its name, as the upload has it"""
    train: int
    """Number of its training images"""
    test: int
    """Number of its test images"""


@dataclass(frozen=True, kw_only=True)
class DatasetPreview:
    """What an upload would become: kept or discarded as the caller says, or given up after a while."""

    id: str
    """To keep it, to discard it and to see its samples"""
    image_shape: tuple[int, ...]
    """Height, width and channels of its images, in pixels"""
    classes: tuple[ClassCount, ...]
    """Its classes, in the order of their ids; empty if it has none"""
    train: int
    """Number of training images"""
    test: int
    """Number of test images, never trained on"""
    own_parts: bool
    """Whether the upload itself says which images are for tests; else a sixth is set aside"""
    skipped: int
    """Files that were passed over: hidden ones, and what systems leave behind"""
    expires: datetime
    """When it is given up, unless it is kept before"""
