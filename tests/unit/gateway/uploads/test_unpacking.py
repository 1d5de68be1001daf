"""What becomes of the images of an upload."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from services.gateway.uploads import pictures
from services.gateway.uploads.importing import split, unpack
from tests.support.images import blot, blots, encoded, zipped
from tests.unit.gateway.uploads.conftest import Upload


def test_a_folder_is_a_class(upload: Upload) -> None:
    made = upload(zipped(blots(36, classes=3)))
    assert made.info.model_dump() == {
        "name": "mine",
        "title": "mine, uploaded",
        "image_shape": (32, 32, 1),
        "classes": ("class 0", "class 1", "class 2"),
        "train": 30,
        "test": 6,
        "uploaded": True,
        "at_hand": True,
    }
    assert made.images.shape == (36, 32, 32, 1)
    assert np.bincount(made.labels[:30]).tolist() == [10, 10, 10]
    assert np.bincount(made.labels[30:]).tolist() == [2, 2, 2]
    # Each image is there once, under its own class.
    stored = {image.tobytes(): int(label) for image, label in zip(made.images, made.labels, strict=True)}
    assert stored == {blot(number).tobytes(): number % 3 for number in range(36)}


def test_no_folders_no_classes(upload: Upload) -> None:
    made = upload(zipped(blots(24)))
    assert made.info.classes == ()
    assert (made.info.train, made.info.test) == (20, 4)
    assert not made.labels.any()


def test_a_folder_around_it_all_is_taken_off(upload: Upload) -> None:
    plain, wrapped = blots(24, classes=2), {}
    for name, data in plain.items():
        wrapped[f"my pictures/{name}"] = data
    first, second = upload(zipped(plain)), upload(zipped(wrapped))
    assert second.info == first.info
    assert second.sha256 == first.sha256
    # A single folder of images is no class either: there would be nothing to tell apart.
    assert upload(zipped({f"all/{name}": data for name, data in blots(20).items()})).info.classes == ()


def test_what_file_managers_leave_behind_is_skipped(upload: Upload) -> None:
    junk = {
        "__MACOSX/class 0/._000.png": b"resource fork",
        "class 0/.DS_Store": b"Bud1",
        ".DS_Store": b"Bud1",
        "class 1/Thumbs.db": b"thumbs",
        "class 1/desktop.ini": b"[shell]",
        "class 1/": b"",
    }
    assert upload(zipped(junk | blots(24, classes=2))).info == upload(zipped(blots(24, classes=2))).info


def test_classes_come_in_the_order_of_people(upload: Upload) -> None:
    files = {f"{label}/{n}.png": encoded(blot(n)) for label in ("10", "9", "1", "b", "a") for n in range(5)}
    assert upload(zipped(files)).info.classes == ("1", "9", "10", "a", "b")


def test_names_of_the_macs_archiver_are_read(upload: Upload) -> None:
    """It writes decomposed UTF-8 without the flag that says so."""
    name = unicodedata.normalize("NFD", "Blüte")
    unflagged = name.encode().decode("cp437")
    assert len(unflagged) > len(name)
    data = bytearray(
        zipped({f"{name}/{n}.png": encoded(blot(n)) for n in range(12)} | blots(12, classes=1))
    )
    for magic, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        place = data.find(magic)
        while place >= 0:
            data[place + offset] &= ~0x08
            place = data.find(magic, place + 1)
    assert upload(bytes(data)).info.classes == ("Blüte", "class 0")


def test_one_image_with_colour_makes_three_channels(upload: Upload) -> None:
    files = blots(19) | {"red.png": encoded(blot(19, colour=True))}
    made = upload(zipped(files))
    assert made.info.image_shape == (32, 32, 3)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_grey_images_in_colour_files_are_grey(upload: Upload, form: str) -> None:
    def file(number: int) -> bytes:
        options = {"lossless": True} if form == "WEBP" else {}
        return encoded(np.repeat(blot(number)[..., None], 3, axis=2), form, **options)

    made = upload(zipped({f"{number}.x": file(number) for number in range(20)}))
    assert made.info.image_shape == (32, 32, 1)


def test_small_images_stay_and_large_ones_are_scaled(upload: Upload) -> None:
    small = upload(zipped(blots(20, side=28)))
    assert small.info.image_shape == (28, 28, 1)
    assert {image.tobytes() for image in small.images} == {blot(n, 28).tobytes() for n in range(20)}
    assert upload(zipped(blots(20, side=100))).info.image_shape == (64, 64, 1)
    mixed = upload(zipped(blots(19, side=28) | {"large.png": encoded(blot(1, 50))}))
    assert mixed.info.image_shape == (50, 50, 1)


def test_an_upload_unpacks_the_same_each_time(upload: Upload) -> None:
    data = zipped(blots(30, classes=2, colour=True))
    first, second = upload(data), upload(data)
    np.testing.assert_array_equal(first.images, second.images)
    assert first.sha256 == second.sha256
    assert upload(zipped(blots(31, classes=2, colour=True))).sha256 != first.sha256


def test_samples_show_a_row_for_each_class(upload: Upload) -> None:
    made = upload(zipped(blots(24, classes=2)))
    sheet = np.asarray(Image.open(io.BytesIO(made.samples)))
    assert sheet.shape == (64, 320)
    first = {sheet[:32, column * 32 : (column + 1) * 32].tobytes() for column in range(10)}
    assert first <= {blot(number).tobytes() for number in range(0, 24, 2)}


def test_unpacking_can_be_stopped(tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def stop() -> None:
        raise Stop

    (tmp_path / "upload.zip").write_bytes(zipped(blots(20)))
    with pytest.raises(Stop):
        unpack(tmp_path / "upload.zip", tmp_path, "mine", stop)


def test_a_split_has_some_of_each_class_on_both_sides() -> None:
    labels = np.repeat(np.arange(3, dtype=np.int32), [5, 60, 600])
    train, test = split(labels)
    assert np.bincount(labels[test]).tolist() == [1, 10, 100]
    assert sorted([*train, *test]) == list(range(665))
    assert np.abs(np.diff(train)).mean() > 10  # mixed


# One picture ------------------------------------------------------------------------------


def pixels(data: bytes, side: int) -> NDArray[np.uint8]:
    pictures.inspect(data, "a")
    return pictures.pixels(data, "a", side)


def test_the_middle_square_is_kept() -> None:
    wide = np.zeros((10, 30, 3), np.uint8)
    wide[:, 10:20] = blot(1, 10, colour=True)
    np.testing.assert_array_equal(pixels(encoded(wide), 10), wide[:, 10:20])
    np.testing.assert_array_equal(pixels(encoded(wide.swapaxes(0, 1)), 10), wide.swapaxes(0, 1)[10:20])


def test_scaling_is_smooth() -> None:
    stripes = np.tile(np.array([0, 255], np.uint8), (64, 32))
    inner = pixels(encoded(stripes), 16)[:, 2:-2].astype(int)
    assert np.abs(inner - 128).max() <= 3


def test_transparency_lies_on_black() -> None:
    image = np.full((8, 8, 4), 200, np.uint8)
    image[:4, :, 3], image[4:, :, 3] = 0, 128
    seen = pixels(encoded(image), 8)
    assert not seen[:4].any()
    assert np.abs(seen[4:].astype(int) - 100).max() <= 1


def test_a_palette_with_a_transparent_colour() -> None:
    image = Image.fromarray(np.tile(np.array([0, 1], np.uint8), (8, 4)), "L").convert("P")
    image.putpalette([255, 0, 0, 0, 255, 0])
    file = io.BytesIO()
    image.save(file, "PNG", transparency=0)
    seen = pixels(file.getvalue(), 8)
    np.testing.assert_array_equal(seen[0, :2], [[0, 0, 0], [0, 255, 0]])


def test_sixteen_bits_are_scaled() -> None:
    deep = np.tile(np.array([0, 256, 32_896, 65_535], np.uint16), (4, 1))
    np.testing.assert_array_equal(pixels(encoded(deep), 4)[0, :, 0], [0, 1, 128, 255])


def test_black_and_white_and_print_colours() -> None:
    bits = np.tile(np.array([False, True]), (4, 2))
    np.testing.assert_array_equal(pixels(encoded(bits), 4)[0, :, 0], [0, 255, 0, 255])
    printed = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(printed, "JPEG")
    red, green, blue = pixels(printed.getvalue(), 8)[4, 4].astype(int)
    assert red > 200
    assert max(green, blue) < 60


def test_the_camera_was_held_upright() -> None:
    image = blot(3, 24, colour=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    for form, options in (("PNG", {}), ("JPEG", {"quality": 100, "subsampling": 0})):
        seen = pixels(encoded(image, form, exif=exif, **options), 24)
        assert np.abs(seen.astype(int) - np.rot90(image, -1).astype(int)).max() < 12


def test_large_photographs_are_decoded_coarsely_but_not_too_much() -> None:
    large = np.asarray(
        Image.fromarray(blot(5, 64, colour=True)).resize((1600, 1200), Image.Resampling.BICUBIC)
    )
    seen = pixels(encoded(large, "JPEG", quality=95), 64).astype(int)
    exact = np.asarray(Image.fromarray(large[:, 200:1400]).resize((64, 64), Image.Resampling.LANCZOS))
    assert np.abs(seen - exact.astype(int)).mean() < 2
