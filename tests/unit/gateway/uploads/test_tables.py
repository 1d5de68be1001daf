"""Images as tables of pixels: CSV, NumPy's arrays and MNIST's own files, alone and in a zip."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from services.contracts.errors import InvalidInput
from services.gateway.uploads.importing import unpack
from services.gateway.uploads.rules import DEFAULT_LIMITS, UploadLimits
from services.gateway.uploads.tables.sources import kind_of
from tests.support.images import blot, blots, encoded, zipped
from tests.unit.gateway.uploads.conftest import Upload

SIDE = 6
IMAGES = np.stack([blot(number, SIDE) for number in range(30)])
LABELS = np.arange(30, dtype=np.uint8) % 3
COLOURS = np.stack([blot(number, SIDE, colour=True) for number in range(30)])


def refusal(upload: Upload, data: bytes, limits: UploadLimits = DEFAULT_LIMITS) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        upload(data, limits)
    return caught.value


def is_all_there(made: Any, images: NDArray[np.uint8], labels: NDArray[Any]) -> None:
    """Each image once, under its own class."""
    names = [made.info.classes[label] for label in made.labels]
    stored = {image.tobytes(): name for image, name in zip(made.images, names, strict=True)}
    assert stored == {image.tobytes(): str(name) for image, name in zip(images, labels, strict=True)}


# CSV --------------------------------------------------------------------------------------


def table(
    images: NDArray[Any] = IMAGES,
    labels: Any = LABELS,
    header: bool = True,
    last: bool = False,
    sep: str = ",",
) -> str:
    lines = []
    pixels = images.reshape(len(images), -1)
    names = [f"pixel{number}" for number in range(pixels.shape[1])]
    for number, row in enumerate([names, *pixels.tolist()] if header else pixels.tolist()):
        label = [] if labels is None else ["label" if header and number == 0 else labels[number - header]]
        lines.append(sep.join(map(str, [*row, *label] if last else [*label, *row])))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        table(),
        table(header=False),
        table(last=True),
        table(sep=";"),
        table(sep="\t"),
        "\ufeff" + table().replace("\n", "\r\n"),
        table().rstrip("\n"),
        table().replace("\n", "\n\n"),
        table().replace("label,", '"label",'),
        table(labels=[f"{label}.0" for label in LABELS]),
        table(images=IMAGES.astype(float)),
    ],
)
def test_a_row_is_an_image(upload: Upload, text: str) -> None:
    made = upload(text.encode())
    assert (made.info.classes, made.info.image_shape) == (("0", "1", "2"), (SIDE, SIDE, 1))
    assert (made.info.train, made.info.test, made.own_parts) == (24, 6, False)
    is_all_there(made, IMAGES[..., None], LABELS)


def test_names_colours_and_no_labels(upload: Upload) -> None:
    named = upload(table(labels=[("cat", "dog")[number % 2] for number in range(30)]).encode())
    assert named.info.classes == ("cat", "dog")
    coloured = upload(table(COLOURS).encode())
    is_all_there(coloured, COLOURS, LABELS)
    for header in (True, False):
        assert upload(table(labels=None, header=header).encode()).info.classes == ()
    assert upload(gzip.compress(table().encode())).info.train == 24


@pytest.mark.parametrize("names", [("mnist_train.csv", "mnist_test.csv"), ("train/a.csv", "val/a.csv.gz")])
def test_two_tables_are_two_parts(upload: Upload, names: tuple[str, str]) -> None:
    parts = [table(IMAGES[:21], LABELS[:21]).encode(), table(IMAGES[21:], LABELS[21:]).encode()]
    if names[1].endswith(".gz"):
        parts[1] = gzip.compress(parts[1], mtime=0)
    made = upload(zipped(dict(zip(names, parts, strict=True)) | {".DS_Store": b"x"}, zipfile.ZIP_DEFLATED))
    assert (made.counts, made.own_parts, made.skipped) == (((7, 3),) * 3, True, 1)
    is_all_there(made, IMAGES[..., None], LABELS)


def test_tables_that_say_no_part_are_one(upload: Upload) -> None:
    halves = {f"data_{n}.csv": table(IMAGES[n::2], LABELS[n::2]).encode() for n in range(2)}
    made = upload(zipped(halves))
    assert made.own_parts is False
    is_all_there(made, IMAGES[..., None], LABELS)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (table().replace("\n1,", "\n1,300,", 1), "columns in line 3"),
        (table() + "1" + ",256" * 36, "has '256' in line 32, column pixel0; pixels are whole numbers"),
        (table() + "1,0,-1" + ",0" * 34, "column pixel1"),
        (table(last=True) + "0,x" + ",0" * 34 + ",1", "has 'x' in line 32, column pixel1"),
        (table() + "1" + ",1.5" * 36, "has '1.5'"),
        (table() + "1" + "," * 36, "has ''"),
        (table() + "1" + ",nan" * 36, "has 'nan'"),
        (table() + "1" + ",1e999" * 36, "has '1e999'"),
        (table() + " " + ",0" * 36, "no label in line 32"),
        ("a,b,c,d,e,f\n1,2,3,4,5,6\n", "has 6 columns; they are a label and the pixels of a square"),
        ("label," + ",".join(f"pixel{n}" for n in range(36)) + "\n", "has no rows"),
        (table() + '"' + "0," * 200_000, "line 31"),
    ],
)
def test_a_cell_that_is_wrong_is_named(upload: Upload, text: str, why: str) -> None:
    error = refusal(upload, text.encode())
    assert why in error.message
    assert error.problems[0].path == "body"


def test_text_that_is_none(upload: Upload) -> None:
    assert "is no UTF-8 text in line 32" in refusal(upload, table().encode() + b"\xff" * 9 + b"\n").message


def test_a_line_without_end(upload: Upload) -> None:
    assert "bytes in line 2" in refusal(upload, b"label,a,b,c,d\n" + b"0," * 3 * 1024**2).message


# Arrays -----------------------------------------------------------------------------------


def npz(packed: bool = False, **arrays: Any) -> bytes:
    target = io.BytesIO()
    (np.savez_compressed if packed else np.savez)(target, **arrays)
    return target.getvalue()


HALVES: dict[str, Any] = {
    "x_train": IMAGES[:21],
    "y_train": LABELS[:21],
    "x_test": IMAGES[21:],
    "y_test": LABELS[21:],
}


@pytest.mark.parametrize("packed", [False, True])
def test_the_arrays_of_keras(upload: Upload, packed: bool) -> None:
    made = upload(npz(packed, **HALVES))
    assert (made.info.classes, made.counts, made.own_parts) == (("0", "1", "2"), ((7, 3),) * 3, True)
    is_all_there(made, IMAGES[..., None], LABELS)


ONE_HOT = np.eye(3)[LABELS]


@pytest.mark.parametrize(
    "arrays",
    [
        {"x_train": IMAGES, "y_train": LABELS},
        {"x": IMAGES, "y": LABELS},
        {"X": IMAGES, "y": LABELS},
        {"trainImages": IMAGES, "trainLabels": LABELS},
        {"images": IMAGES[..., None], "labels": LABELS[:, None]},
        {"images": IMAGES[:, None], "labels": ONE_HOT},
        {"x": IMAGES.reshape(30, -1), "y": LABELS.astype(float)},
        {"x": np.asfortranarray(IMAGES), "y": LABELS.astype(np.int64)},
        {"x": IMAGES.astype(np.int32), "y": LABELS},
        {"x": IMAGES.astype(">u2"), "y": LABELS},
        {"x": IMAGES.astype(np.float32), "y": LABELS},
        {"x": IMAGES / 255, "y": LABELS},
        {"x": np.repeat(IMAGES[..., None], 3, axis=3), "y": np.array(["0", "1", "2"])[LABELS]},
        {"x": IMAGES, "y": np.array([b"0", b"1", b"2"])[LABELS]},
        {
            "train_images": IMAGES[:20],
            "train_labels": LABELS[:20],
            "val_images": IMAGES[20:],
            "val_labels": LABELS[20:],
        },
    ],
)
def test_ways_to_name_and_shape_them(upload: Upload, arrays: dict[str, Any]) -> None:
    is_all_there(upload(npz(**arrays)), IMAGES[..., None], LABELS)


def test_colours_transparency_and_names(upload: Upload) -> None:
    is_all_there(upload(npz(x=COLOURS, y=LABELS)), COLOURS, LABELS)
    is_all_there(upload(npz(x=np.moveaxis(COLOURS, -1, 1), y=LABELS)), COLOURS, LABELS)
    clear = np.concatenate([COLOURS, np.zeros((30, SIDE, SIDE, 1), np.uint8)], axis=3)
    assert not upload(npz(x=clear, y=LABELS)).images.any()
    named = upload(npz(x=IMAGES, y=LABELS, class_names=np.array(["sea", "hill", "sky"])))
    assert named.info.classes == ("sea", "hill", "sky")
    assert upload(npz(x_train=IMAGES)).info.classes == ()
    assert upload(npz(x=IMAGES > 99, y=LABELS)).images.max() == 255


def test_large_ones_are_scaled_and_wide_ones_cut(upload: Upload) -> None:
    wide = np.stack([np.pad(blot(number, 80), ((0, 0), (10, 10))) for number in range(20)])
    assert upload(npz(x=wide)).info.image_shape == (64, 64, 1)


OBJECTS = np.empty(3, object)


@pytest.mark.parametrize(
    ("arrays", "path", "why"),
    [
        ({"x": IMAGES, "y": LABELS[:9]}, "y.npy", "has 9 labels, but x.npy has 30 images"),
        ({"a": IMAGES, "b": LABELS}, "a.npy", "no array that is known; arrays are x_train"),
        ({"x": IMAGES, "y_test": LABELS}, "y_test.npy", "has labels, but there are no images to them"),
        ({"x": OBJECTS, "y": LABELS}, "x.npy", "holds Python objects, which are never loaded"),
        ({"x": np.float32(1), "y": LABELS}, "x.npy", "is a single value"),
        ({"x": IMAGES[:, :5, 0], "y": LABELS}, "x.npy", "has the shape [30, 5]"),
        ({"x": IMAGES[:, None, None], "y": LABELS}, "x.npy", "has the shape [30, 1, 1, 6, 6]"),
        ({"x": IMAGES + 0.0 - 1, "y": LABELS}, "x.npy", "holds the value -1"),
        ({"x": IMAGES.astype(int) * 9, "y": LABELS}, "x.npy", "holds the value 2"),
        ({"x": np.where(IMAGES > 9, np.nan, 0), "y": LABELS}, "x.npy", "holds the value nan"),
        ({"x": IMAGES.astype("U3"), "y": LABELS}, "x.npy", "and no shades"),
        ({"x": IMAGES, "y": LABELS / 2}, "y.npy", "no whole numbers"),
        ({"x": IMAGES, "y": ONE_HOT / 2}, "y.npy", "or one 1 among zeros"),
        ({"x": IMAGES, "y": LABELS + 1j}, "y.npy", "labels are whole numbers or texts"),
        ({"x": IMAGES, "y": np.full(30, "n" * 300)}, "y.npy", "longer than the 64 characters"),
        ({"x": IMAGES, "y": LABELS, "classes": np.array(["a"])}, "y.npy", "but 1 classes are named"),
        (
            {"x_train": IMAGES, "y_train": LABELS, "x_test": IMAGES},
            "x_test.npy",
            "has no labels, but x_train.npy",
        ),
        ({"x_train": IMAGES, "x": IMAGES}, "x.npy", "does not say in its name"),
        ({"x_train": IMAGES, "train_data": IMAGES + 1}, "train_data.npy", "holds images for the same part"),
    ],
)
def test_arrays_that_are_wrong(upload: Upload, arrays: dict[str, Any], path: str, why: str) -> None:
    error = refusal(upload, npz(**arrays))
    assert why in error.message
    assert [problem.path for problem in error.problems] == [path]


def test_an_array_that_lies_about_its_size(upload: Upload) -> None:
    whole = io.BytesIO()
    np.save(whole, IMAGES)
    cut = whole.getvalue().replace(b"(30, 6, 6)", b"(99, 6, 6)")
    assert "cut off" in refusal(upload, zipped({"x.npy": cut})).message
    endless = whole.getvalue().replace(b"(30, 6, 6)", b"(-1, 6, 6)")
    assert refusal(upload, zipped({"x.npy": endless})).problems


# MNIST's own files ------------------------------------------------------------------------


def idx(array: NDArray[Any], kind: int = 8) -> bytes:
    return struct.pack(f">HBB{array.ndim}I", 0, kind, array.ndim, *array.shape) + array.tobytes()


MNIST = {
    "train-images-idx3-ubyte": idx(IMAGES[:21]),
    "train-labels-idx1-ubyte": idx(LABELS[:21]),
    "t10k-images-idx3-ubyte": idx(IMAGES[21:]),
    "t10k-labels-idx1-ubyte": idx(LABELS[21:]),
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("dots", [False, True])
def test_mnists_own_files(upload: Upload, packed: bool, dots: bool) -> None:
    files = {name.replace("-idx", ".idx") if dots else name: data for name, data in MNIST.items()}
    if packed:
        files = {f"{name}.gz": gzip.compress(data, mtime=0) for name, data in files.items()}
    made = upload(zipped({f"MNIST/raw/{name}": data for name, data in files.items()}))
    assert (made.info.classes, made.counts, made.own_parts) == (("0", "1", "2"), ((7, 3),) * 3, True)
    is_all_there(made, IMAGES[..., None], LABELS)


def test_the_same_files_twice_are_once(upload: Upload) -> None:
    twice = MNIST | {f"{name}/{name}": data for name, data in MNIST.items()}
    twice = {
        name.replace("-idx", ".idx", 1) if "/" not in name else name: data for name, data in twice.items()
    }
    assert upload(zipped(twice)).info.train == 21


def test_a_single_file_has_no_labels(upload: Upload) -> None:
    assert upload(idx(IMAGES)).info.classes == ()
    assert upload(gzip.compress(idx(IMAGES), mtime=0)).info.classes == ()
    assert "has labels, but there are no images" in refusal(upload, idx(LABELS)).message


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        (
            "train-images-idx3-ubyte",
            idx(IMAGES[:20]),
            "21 labels, but train-images-idx3-ubyte has 20 images",
        ),
        ("train-images-idx3-ubyte", idx(IMAGES[:21])[:-1], "bytes of values where its header promises"),
        ("train-images-idx3-ubyte", idx(IMAGES[:21])[:9], "cut off in its header"),
        ("train-images-idx3-ubyte", b"\0\0\x08\4" + b"\xff" * 16, "where its header promises"),
        ("train-labels-idx1-ubyte", gzip.compress(idx(LABELS[:21]), mtime=0)[:-9], "is cut off"),
        ("more-train-images", idx(IMAGES[1:22]), "for the same part as train-images-idx3-ubyte"),
        ("notes.txt", b"hello", "is no table of pixels as the other files are"),
        ("a.npy", npz(x=IMAGES), "is no table of pixels"),
        ("more.csv", table().encode(), "of another format"),
    ],
)
def test_files_that_are_wrong(upload: Upload, name: str, data: bytes, why: str) -> None:
    assert why in refusal(upload, zipped(MNIST | {name: data})).message


# Limits -----------------------------------------------------------------------------------


def test_bombs(upload: Upload) -> None:
    zeros = idx(np.zeros((4000, 64, 64), np.uint8))
    for data in (
        gzip.compress(zeros, mtime=0),
        zipped({"train-images.gz": gzip.compress(zeros, mtime=0)}),
        zipped({"train-images": zeros}, zipfile.ZIP_DEFLATED),
        npz(packed=True, x=np.zeros((4000, 64, 64), np.uint8)),
        gzip.compress(b"label,a,b,c,d\n" + b"0," * 8_000_000, mtime=0),
    ):
        assert "100 times its size" in refusal(upload, data).message
    small = UploadLimits(max_unpacked=1500)
    for data in (table().encode(), idx(np.tile(IMAGES, (2, 1, 1))), npz(**HALVES)):
        assert "longer than the 1500 bytes allowed" in refusal(upload, data, small).message


def test_too_many(upload: Upload) -> None:
    few = UploadLimits(max_images=29)
    assert "has more than 29 rows" in refusal(upload, table().encode(), few).message
    assert "has 30 images; 29 are allowed" in refusal(upload, npz(**HALVES), few).message
    error = refusal(upload, npz(**HALVES), UploadLimits(max_classes=2))
    assert "has 3 classes; 2 are allowed" in error.message
    error = refusal(upload, npz(**HALVES), UploadLimits(max_pixels=35))
    assert "6×6 pixels; 35 are allowed" in error.message
    error = refusal(upload, table().encode(), UploadLimits(max_all_pixels=1000))
    assert "1000 pixels allowed in all" in error.message


def test_too_few(upload: Upload) -> None:
    assert "has 19 images; a data set needs 20" in refusal(upload, npz(x=IMAGES[:19])).message
    rare = np.where(np.arange(30) < 4, 7, 0)
    assert "7/ has 4 images; a class needs 5" in refusal(upload, npz(x=IMAGES, y=rare)).message


def test_images_are_never_taken_for_tables(upload: Upload) -> None:
    files = {"labels.csv": table().encode()} | blots(24, classes=2)
    assert refusal(upload, zipped(files)).problems[0].path == "labels.csv"
    assert kind_of(encoded(blot(1))) is None
    assert kind_of(b"PK\3\4" + bytes(60)) is None


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\x93NUMPY\1\0v\0", b"\0\0\x08\3", b"\x1f\x8b\x08", b"1,2,3,4,5,"]),
)
def test_whatever_comes_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, start: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "upload").write_bytes(start + data)
    with pytest.raises(InvalidInput):
        unpack(folder / "upload", folder, "mine")
