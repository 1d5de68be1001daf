"""Answers about judges and real images."""

from __future__ import annotations

import numpy as np

from services.contracts.api.judges import (
    DiscriminatorOpinion,
    Distances,
    Judged,
    Judgement,
    RealImage,
    RealImageList,
    TwoSampleOpinion,
)
from services.contracts.api.models import ClassName, ImageClass
from services.gateway.explore.judging import Judgements
from services.gateway.explore.real_images import RealImagePage


def judged(found: Judgements) -> Judged:
    """What the judges say."""
    return Judged(
        model=found.card.name,
        version=found.card.version,
        judgements=[_judgement(found, number) for number in range(len(found.two_sample))],
    )


def _judgement(found: Judgements, number: int) -> Judgement:
    probabilities = found.class_probabilities[number]
    order = np.argsort(-probabilities, kind="stable").tolist()
    return Judgement(
        classes=[
            ImageClass(
                label=found.card.classes[index], index=index, probability=float(probabilities[index])
            )
            for index in order
        ],
        discriminator=DiscriminatorOpinion(
            score=float(found.discriminator_score[number]), probability=float(found.discriminator[number])
        ),
        two_sample=TwoSampleOpinion(probability=float(found.two_sample[number])),
    )


def real_images(page: RealImagePage) -> RealImageList:
    """Real images on a map."""
    card, chosen = page.card, page.chosen
    return RealImageList(
        model=card.name,
        version=card.version,
        dataset=card.dataset,
        count=len(page.all),
        images=[
            RealImage(
                index=int(chosen.index[number]),
                label=int(chosen.label[number]),
                point=chosen.point[number].tolist(),
                distance=float(chosen.distance[number]),
                image_class=ClassName(
                    label=card.classes[chosen.class_id[number]], index=int(chosen.class_id[number])
                ),
            )
            for number in range(len(chosen))
        ],
        distance=_distances(page),
        next_cursor=page.next_cursor,
    )


def _distances(page: RealImagePage) -> Distances:
    distance = page.all.distance
    if not len(distance):
        return Distances(median=None, p90=None)
    median, p90 = np.quantile(distance, [0.5, 0.9]).tolist()
    return Distances(median=median, p90=p90)
