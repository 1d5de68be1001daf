"""The table of quality: which trainings it asks for, what it keeps, and how it is written."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from benchmarks import documents
from benchmarks.quality import results
from benchmarks.quality.chart import Bar, chart, measured, tick_step
from benchmarks.quality.machine import machine
from benchmarks.quality.marked import marked
from benchmarks.quality.results import Result
from benchmarks.quality.rows import ACTIVATIONS, ROWS, training, trainings
from benchmarks.quality.table import markdown


def found(row: str, seed: int = 0, **changes: Any) -> Result:
    figures: dict[str, Any] = {
        "row": row,
        "seed": seed,
        "run": training(row, seed).spec.name,
        "epochs": 8,
        "machine": "a processor, 2 cores, AVX2",
        "precision": "float32",
        "seconds_per_epoch": 61.0,
        "cross_entropy": 0.25,
        "error": 0.2,
        "study_cross_entropy": 0.125,
        "study_error": 0.04,
        "study_images": 10_000,
        "frechet_distance": 10.0,
        "precision_of_images": 0.8,
        "recall": 0.2,
        "coverage": 0.5,
        "label_fidelity": None,
        "classes_on_the_map": 10,
    }
    return Result(**figures | changes)


def test_every_row_is_a_training_with_a_name_of_its_own() -> None:
    names = [item.spec.name for item in trainings(ROWS, (0, 1, 2))]
    assert len(set(names)) == 3 * len(ROWS)


def test_rows_that_only_look_at_networks_of_the_study_train_as_the_study_did() -> None:
    spec = training("study-3d-conditional", 0).spec
    assert (spec.batch_size, spec.optimizer.generator.learning_rate) == (256, 1e-4)
    assert (spec.latent.dim, spec.conditional, spec.network.conditioning) == (3, True, "multiply")
    assert spec.epochs == training("3d-conditional", 0).spec.epochs


def test_photographs_are_trained_with_their_preset_at_half_and_at_full_width() -> None:
    specs = [training(f"photos-{filters}", 0).spec for filters in (32, 64)]
    assert [spec.network.filters for spec in specs] == [32, 64]
    assert {(spec.dataset, spec.network.architecture, spec.latent.folds) for spec in specs} == {
        ("landscapes", "dcgan64", 0)
    }


def test_the_experiment_compares_generators_against_one_discriminator() -> None:
    specs = [training(f"digits-{name.replace('_', '-')}", 0).spec for name in ACTIVATIONS]
    assert [spec.network.activation.name for spec in specs] == list(ACTIVATIONS)
    assert len({spec.network.discriminator_activation.model_dump_json() for spec in specs}) == 1


def test_each_row_has_its_first_training_before_any_has_its_second() -> None:
    assert [(item.row, item.seed) for item in trainings(["2d", "4d"], (0, 1))] == [
        ("2d", 0),
        ("4d", 0),
        ("2d", 1),
        ("4d", 1),
    ]


def test_what_was_found_is_read_again_in_the_order_of_the_rows(tmp_path: Path) -> None:
    file = tmp_path / "quality.json"
    kept = [found("4d"), found("2d", 1), found("2d", 0)]
    results.write(file, kept)
    read = results.read(file)
    assert list(read) == [("2d", 0), ("2d", 1), ("4d", 0)]
    assert set(read.values()) == set(kept)
    assert results.read(tmp_path / "none.json") == {}


def test_results_of_another_spec_and_of_rows_that_are_gone_are_dropped(tmp_path: Path) -> None:
    file = tmp_path / "quality.json"
    results.write(file, [found("2d"), found("3d", run="quality-3d-s0-00000000")])
    entries = json.loads(file.read_bytes())["trainings"]
    entries.append({**entries[0], "row": "5d"})
    file.write_text(json.dumps({"trainings": entries}))
    assert list(results.read(file)) == [("2d", 0)]


def test_the_tables_are_made_from_the_results_of_todays_rows() -> None:
    root = Path(__file__).parents[3]
    found = results.read(root / "docs/quality.json")
    assert documents.taken(root / "README.md", "quality") == markdown("spaces", found).strip()
    details = root / "docs/measurements.md"
    assert documents.taken(details, "activations") == markdown("activations", found).strip()
    assert documents.taken(details, "photos") == markdown("photos", found).strip()


def test_what_is_kept_of_a_training_does_not_make_it_another() -> None:
    spec = training("2d", 0).spec
    kept = spec.model_copy(update={"export": spec.export.model_copy(update={"states": "all"})})
    assert marked("a", kept).name == marked("a", spec).name
    assert marked("a", spec.model_copy(update={"seed": 9})).name != marked("a", spec).name


def test_one_training_is_a_look_and_several_have_their_range() -> None:
    one = {("4d", 0): found("4d")}
    line = "| 4D, no folds | 8 | 1 | 0.0829 | 0.2500 | 20.0 % | 0.1250 | 10.0 | 0.50 | – | 61 |"
    assert line in markdown("spaces", one)
    several = one | {("4d", 1): found("4d", 1, cross_entropy=0.35)}
    assert "| 4D, no folds | 8 | 2 | 0.0829 | 0.3000 (0.2500 … 0.3500) |" in markdown("spaces", several)


def test_the_studys_loss_stands_beside_spaces_that_it_trained() -> None:
    table = markdown("spaces", {("4d-fashion", 0): found("4d-fashion")})
    assert "| 4D, 2 folds, Fashion-MNIST | 8 | 1 | – |" in table
    activations = markdown("activations", {("mnist-elu", 0): found("mnist-elu")})
    assert "| mnist, elu | 8 | 1 | 0.2500 |" in activations


def test_the_table_names_every_machine_and_precision() -> None:
    both = {("2d", 0): found("2d"), ("2d", 1): found("2d", 1, precision="mixed_bfloat16")}
    text = markdown("spaces", both)
    assert "a processor, 2 cores, AVX2, float32; a processor, 2 cores, AVX2, mixed_bfloat16" in text
    assert markdown("spaces", {}).strip() == ""


def test_the_chart_has_a_bar_for_each_activation_with_its_trainings_and_their_interval() -> None:
    several = {
        ("digits-relu", seed): found("digits-relu", seed, cross_entropy=0.1 + 0.02 * seed)
        for seed in range(3)
    } | {("digits-elu", 0): found("digits-elu", 0, cross_entropy=0.05)}
    groups = measured(several)
    assert groups["digits"]["relu"].mean == pytest.approx(0.12)
    # t(0.975, 2) · s / √3 = 4.303 · 0.02 / 1.732
    low, high = groups["digits"]["relu"].interval or (0.0, 0.0)
    assert (high - low) / 2 == pytest.approx(0.0497, abs=1e-4)
    drawing = ElementTree.fromstring(chart(groups))
    names = [node.text for node in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert {"digits", "relu", "elu"} <= set(names)
    assert len(list(drawing.iter("{http://www.w3.org/2000/svg}circle"))) == 4
    # One training alone has no interval, and two say too little of it.
    assert len(list(drawing.iter("{http://www.w3.org/2000/svg}path"))) == 1
    assert Bar([0.1, 0.2]).interval is None


@pytest.mark.parametrize(
    ("highest", "step"), [(0.5355, 0.1), (0.6, 0.1), (0.61, 0.2), (0.012, 0.002), (1.0, 0.2), (29.0, 5.0)]
)
def test_an_axis_has_round_numbers(highest: float, step: float) -> None:
    assert tick_step(highest, 6) == pytest.approx(step)


def test_a_machine_is_named_by_its_processor_and_its_widest_arithmetic(tmp_path: Path) -> None:
    file = tmp_path / "cpuinfo"
    file.write_text("model name\t: Some CPU\nflags\t\t: fpu avx2 avx512f avx512_bf16\n")
    assert machine(file).startswith("Some CPU, ")
    assert machine(file).endswith("cores, AVX512-BF16")
    assert machine(tmp_path / "none").startswith("unknown processor")
