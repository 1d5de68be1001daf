"""The report of a finished run, made up."""

from __future__ import annotations

from typing import Any

from services.contracts.reports.report import Report

FIRST_QUALITY: dict[str, Any] = {
    "classifier_sha256": "ab" * 32,
    "feature_dim": 128,
    "real_images": 10_000,
    "generated_images": 10_000,
    "frechet_distance": 12.5,
    "frechet_floor": 0.25,
    "kernel_distance": 0.05,
    "kernel_distance_std": 0.002,
    "kernel_subset_size": 1000,
    "precision": 0.91,
    "recall": 0.4,
    "density": 1.02,
    "coverage": 0.66,
    "classifier_score": 9.1,
    "classifier_score_real": 9.8,
}
"""The figures of the first version that measured any. Add new ones to `REPORT`, not here."""

REPORT: dict[str, Any] = {
    "run": "r",
    "dataset": "digits",
    "architecture": "dcgan28",
    "activation": "leaky_relu",
    "latent_dim": 2,
    "conditional": True,
    "seed": 3,
    "batch_size": 64,
    "parameters": {
        "generator": {"total": 1_101_632, "trainable": 1_076_160, "non_trainable": 25_472},
        "discriminator": {"total": 212_865, "trainable": 212_865, "non_trainable": 0},
    },
    "epochs": 30,
    "stopped_early": False,
    "seconds": 4210.4,
    "seconds_per_epoch": 140.35,
    "peak_memory_mib": 2048.4,
    "precision": "float32",
    "generator_loss": 0.9,
    "discriminator_loss": 1.2,
    "weak_test": {
        "epoch": 30,
        "error": 0.12,
        "cross_entropy": 0.3,
        "p_value": 1e-30,
        "band": [0.478, 0.522],
        "tester": {
            "network": "conv 5×5×32, dense 128, dense 2",
            "parameters": 1000,
            "precision": "float32",
            "seed": 3,
            "epochs": 8,
            "learning_rate": 0.0005,
            "trained_on": "test",
            "training_images": 1000,
            "choosing_images": 0,
            "held_out_images": 1000,
        },
    },
    "strong_test": {
        "error": 0.03275,
        "cross_entropy": 0.0934,
        "p_value": 0.0,
        "band": [0.4845, 0.5155],
        "epoch": 2,
        "curve": [
            {"epoch": 1, "error": 0.081, "cross_entropy": 0.21},
            {"epoch": 2, "error": 0.03275, "cross_entropy": 0.0934},
        ],
        "tester": {
            "network": "conv 5×5×64, dense 256, dense 2",
            "parameters": 4000,
            "precision": "mixed_bfloat16",
            "seed": 3,
            "epochs": 2,
            "learning_rate": 0.0005,
            "trained_on": "test",
            "training_images": 8000,
            "choosing_images": 0,
            "held_out_images": 2000,
        },
    },
    "study_test": {
        "error": 0.0625,
        "cross_entropy": 0.1875,
        "p_value": 0.0,
        "band": [0.49, 0.51],
        "epoch": 5,
        "curve": [
            {"epoch": 5, "error": 0.0625, "cross_entropy": 0.1875},
            {"epoch": 50, "error": 0.0725, "cross_entropy": 0.9},
        ],
        "tester": {
            "network": "conv 5×5×32, dense 128, dense 2, without batch normalisation",
            "parameters": 1000,
            "precision": "float32",
            "seed": 3,
            "epochs": 50,
            "learning_rate": 0.0005,
            "trained_on": "training",
            "training_images": 6000,
            "choosing_images": 5000,
            "held_out_images": 5000,
        },
    },
    "classifier": {
        "sha256": "ab" * 32,
        "accuracy": 0.99,
        "loss": 0.0176,
        "validation_error": 0.0158,
        "image_shape": [28, 28, 1],
        "classes": 2,
    },
    "quality": FIRST_QUALITY,
    "judges": {
        "epoch": 30,
        "figures": {
            "agreement": -0.125,
            "discriminator_alone": 0.25,
            "two_sample_alone": 0.0625,
            "discriminator_calibration": 0.2,
            "two_sample_calibration": 0.05,
            "stretch_mean": 12.5,
            "stretch_range": [3.25, 40.0],
            "surface": 812.0,
        },
    },
    "pixel_coverage": {
        "epoch": 30,
        "median_distance": 0.31,
        "covered": 0.4,
        "classes": {
            "zero": {"images": 1200, "median_distance": 0.3, "usual_distance": 0.35, "covered": 0.6},
            "one|two": {"images": 800, "median_distance": 0.33, "usual_distance": 0.25, "covered": 0.1},
        },
    },
    "label_fidelity": {"overall": 0.975, "labels": {"zero": 1.0, "one|two": 0.95}},
    "shares": {"zero": 0.75, "one|two": 0.25},
    "map_change": 0.01,
    "dead_units": {"dense": 0.0},
    "warnings": [{"code": "oscillating_losses", "message": "The losses oscillate.", "epoch": 12}],
    "lineage": [{"run": "ancestor", "epoch": 20}],
    "extended_at": [50],
    "libraries": {"tensorflow": "2.20.0", "keras": "3.12.0"},
    "study_losses": [],
}

OLD_REPORT: dict[str, Any] = {
    name: value
    for name, value in REPORT.items()
    if name
    not in (
        "architecture",
        "activation",
        "seed",
        "batch_size",
        "strong_test",
        "study_test",
        "study_losses",
        "quality",
        "judges",
        "pixel_coverage",
        "label_fidelity",
        "lineage",
        "extended_at",
    )
} | {"weak_test": {name: value for name, value in REPORT["weak_test"].items() if name != "tester"}}
"""As the first version wrote it."""


def full_report() -> Report:
    return Report.model_validate(REPORT)
