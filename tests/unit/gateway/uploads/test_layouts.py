"""Where the classes and the parts of a zip of images come from: names, folders, `dataset.json`."""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any

import pytest

from services.contracts.errors import InvalidInput
from tests.support.images import blot, blots, encoded, zipped
from tests.unit.gateway.uploads.conftest import Upload


def refusal(upload: Upload, data: bytes) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        upload(data)
    return caught.value


def images(folders: dict[str, int], start: int = 0) -> dict[str, bytes]:
    """So many images in each folder, no two alike."""
    names = [f"{folder}/{number}.png" for folder, count in folders.items() for number in range(count)]
    return {name: encoded(blot(start + number)) for number, name in enumerate(names)}


# Names ------------------------------------------------------------------------------------


def unicode_path(raw: bytes, name: bytes, version: int = 1, crc: int | None = None) -> bytes:
    content = struct.pack("<BI", version, zlib.crc32(raw) if crc is None else crc) + name
    return struct.pack("<HH", 0x7075, len(content)) + content


def raw_zip(entries: list[tuple[bytes, bytes, bytes]]) -> bytes:
    """A zip of raw name, extra field and content, written by hand."""
    body, directory = b"", b""
    for name, extra, content in entries:
        fields = struct.pack(
            "<HHHHHIIIHH",
            20,
            0,
            0,
            0,
            33,
            zlib.crc32(content),
            len(content),
            len(content),
            len(name),
            len(extra),
        )
        directory += b"PK\1\2\x14\0" + fields + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name + extra
        body += b"PK\3\4" + fields + name + extra + content
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return body + directory + b"PK\5\6" + end


def russian(**fields: Any) -> bytes:
    """Names in code page 866, each with Info-ZIP's field, changed as given."""
    entries = []
    for number in range(24):
        name = f"{('кот', 'собака')[number % 2]}/{number}.png"
        raw = name.encode("cp866")
        extra = struct.pack("<HHI", 0x9999, 4, 1) + unicode_path(
            **({"raw": raw, "name": name.encode()} | fields)
        )
        entries.append((raw, extra, encoded(blot(number))))
    return raw_zip(entries)


def test_names_of_an_old_code_page_with_their_true_ones(upload: Upload) -> None:
    assert upload(russian()).info.classes == ("кот", "собака")


@pytest.mark.parametrize("wrong", [{"crc": 1}, {"version": 2}, {"name": b"\xff\xfe"}, {"name": b""}])
def test_a_field_that_is_not_of_this_name_is_ignored(upload: Upload, wrong: dict[str, Any]) -> None:
    classes = upload(russian(**wrong)).info.classes
    assert len(classes) == 2
    assert "кот" not in classes


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../up.png", "leaves its folder"),
        ("..\\up.png", "leaves its folder"),
        ("/etc/x", "absolute"),
        ("a\nb.png", "cannot be shown"),
        ("a\0.png", "cannot be shown"),
        ("кот/0.png", "twice"),
    ],
)
def test_true_names_are_judged_as_others_are(upload: Upload, name: str, why: str) -> None:
    harmless = b"class 0/harmless.png"
    entries = [(name.encode(), b"", data) for name, data in blots(24, classes=2).items()]
    entries.append((harmless, unicode_path(harmless, name.encode()), encoded(blot(77))))
    if why == "twice":
        entries.append((b"class 1/other.png", unicode_path(b"class 1/other.png", name.encode()), b"x"))
    assert why in refusal(upload, raw_zip(entries)).message


def test_a_true_name_may_be_skipped(upload: Upload) -> None:
    raw = b"class 0/x"
    entries = [(name.encode(), b"", data) for name, data in blots(24, classes=2).items()]
    assert upload(raw_zip([*entries, (raw, unicode_path(raw, b".git/x"), b"x")])).skipped == 1


def test_backslashes_separate_folders(upload: Upload) -> None:
    plain = blots(24, classes=2)
    backslashed = {name.replace("/", "\\"): data for name, data in plain.items()}
    made = upload(zipped({"class 0\\": b""} | backslashed))
    assert (made.info, made.sha256) == (upload(zipped(plain)).info, upload(zipped(plain)).sha256)


# Folders for parts ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("train", "test"),
    [
        ("train", "test"),
        ("training", "testing"),
        ("Train", "Val"),
        ("TRAIN", "valid"),
        ("training_set", "test_set"),
        ("train", "validation"),
    ],
)
@pytest.mark.parametrize("around", ["", "mnist_png/"])
def test_parts_stay_what_they_are(upload: Upload, train: str, test: str, around: str) -> None:
    files = images({f"{train}/cat": 12, f"{train}/dog": 8, f"{test}/cat": 3, f"{test}/dog": 4})
    made = upload(zipped({f"{around}{name}": data for name, data in files.items()}))
    assert made.info.classes == ("cat", "dog")
    assert (made.own_parts, made.counts) == (True, ((12, 3), (8, 4)))
    assert (made.info.train, made.info.test) == (20, 7)
    training = {blot(number).tobytes() for number in range(20)}
    assert {image.tobytes() for image in made.images[:20]} == training
    assert not training & {image.tobytes() for image in made.images[20:]}


def test_validation_images_are_held_out_too(upload: Upload) -> None:
    made = upload(
        zipped(images({f"{part}/{name}": 6 for part in ("train", "val", "test") for name in "ab"}))
    )
    assert made.counts == ((6, 12), (6, 12))


def test_parts_without_classes(upload: Upload) -> None:
    made = upload(zipped(images({"train": 20, "test": 5})))
    assert (made.info.classes, made.info.train, made.info.test, made.own_parts) == ((), 20, 5, True)


def test_a_part_in_a_folder_of_its_own_name(upload: Upload) -> None:
    made = upload(
        zipped(images({"train/train/a": 10, "train/train/b": 10, "test/test/a": 2, "test/test/b": 2}))
    )
    assert made.counts == ((10, 2), (10, 2))


def test_a_class_may_be_missing_among_the_test_images(upload: Upload) -> None:
    assert upload(zipped(images({"train/a": 10, "train/b": 10, "test/a": 2}))).counts == ((10, 2), (10, 0))


def test_a_class_of_test_images_alone_cannot_be_learned(upload: Upload) -> None:
    error = refusal(upload, zipped(images({"train/a": 20, "test/a": 5, "test/b": 5})))
    assert "b/ has 5 images in the part test and none in the part train" in error.message


@pytest.mark.parametrize(
    ("folders", "classes"),
    [
        ({"train": 10, "bus": 10}, ("bus", "train")),
        ({"val": 10, "test": 10}, ("test", "val")),
        ({"train/a": 10, "train/b": 10}, ("a", "b")),
    ],
)
def test_folders_that_are_no_parts(
    upload: Upload, folders: dict[str, int], classes: tuple[str, ...]
) -> None:
    made = upload(zipped(images(folders)))
    assert (made.info.classes, made.own_parts) == (classes, False)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("readme.png", "lies beside the folders of the parts"),
        ("extra/a/x.png", "lies beside"),
        ("train/x.png", "lies outside of the class folders"),
        ("train/a/deep/x.png", "lies too deep"),
    ],
)
def test_what_has_no_place_among_parts(upload: Upload, name: str, why: str) -> None:
    files = images({"train/a": 10, "train/b": 10, "test/a": 5, "test/b": 5})
    error = refusal(upload, zipped(files | {name: encoded(blot(99))}))
    assert why in error.message
    assert error.problems[0].path == name


# dataset.json -----------------------------------------------------------------------------

NUMBERED = {f"{number // 10:05d}/img{number:08d}.png": encoded(blot(number)) for number in range(24)}


def with_json(said: Any) -> bytes:
    data = said if isinstance(said, bytes) else json.dumps(said).encode()
    return zipped(NUMBERED | {"dataset.json": data})


def pairs(label: Any = lambda number: number % 2) -> list[list[Any]]:
    return [[name, label(number)] for number, name in enumerate(NUMBERED)]


def test_labels_of_stylegan(upload: Upload) -> None:
    made = upload(with_json({"labels": pairs()}))
    assert (made.info.classes, made.counts, made.skipped) == (("0", "1"), ((10, 2), (10, 2)), 0)
    stored = {image.tobytes(): int(label) for image, label in zip(made.images, made.labels, strict=True)}
    assert stored == {blot(number).tobytes(): number % 2 for number in range(24)}


@pytest.mark.parametrize(
    ("said", "classes"),
    [
        ({"labels": dict(pairs())}, ("0", "1")),
        ({"labels": pairs(lambda number: 10 if number % 2 else 9)}, ("9", "10")),
        ({"labels": pairs(lambda number: [number % 2])}, ("0", "1")),
        ({"labels": pairs(lambda number: "ab"[number % 2])}, ("a", "b")),
        ({"labels": pairs(), "classes": ["zebra", "ape"]}, ("zebra", "ape")),
        ({"labels": pairs(), "label_names": {"0": "zebra", "1": "ape"}}, ("zebra", "ape")),
        ({"labels": pairs(), "class_names": ["zebra", "ape", "nobody"]}, ("zebra", "ape")),
        ({"labels": [[name.replace("/", "\\"), label] for name, label in pairs()]}, ("0", "1")),
        ({"labels": None}, ()),
    ],
)
def test_ways_to_say_it(upload: Upload, said: Any, classes: tuple[str, ...]) -> None:
    assert upload(with_json(said)).info.classes == classes


def test_a_folder_around_it(upload: Upload) -> None:
    files = NUMBERED | {"dataset.json": json.dumps({"labels": pairs()}).encode()}
    assert upload(zipped({f"out/{name}": data for name, data in files.items()})).info.classes == ("0", "1")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"{", "is no JSON"),
        (b"\xff", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        ([], 'has no "labels"'),
        ({"images": []}, 'has no "labels"'),
        ({"labels": 7}, "that are no list"),
        ({"labels": [["a"]]}, "no image and label at place 0"),
        ({"labels": [*pairs(), ["lost.png", 0]]}, "names lost.png, which is not in the zip"),
        ({"labels": [*pairs(), [next(iter(NUMBERED)), 1]]}, "two labels"),
        ({"labels": pairs(lambda number: number / 2)}, "is a whole number from 0"),
        ({"labels": pairs(lambda number: -1)}, "is a whole number from 0"),
        ({"labels": pairs(lambda number: True)}, "is a whole number from 0"),
        ({"labels": pairs(lambda number: [0, 1])}, "is a whole number from 0"),
        ({"labels": pairs(), "classes": ["a"]}, "names 1 classes"),
        ({"labels": pairs(), "classes": ["a", "a"]}, "the same name twice"),
        ({"labels": pairs(), "classes": "ab"}, "that are no names"),
        ({"labels": pairs(), "classes": {"1": "a"}}, "without a name for the number 0"),
    ],
)
def test_what_it_cannot_say(upload: Upload, said: Any, why: str) -> None:
    error = refusal(upload, with_json(said))
    assert why in error.message
    assert error.problems[0].path == "dataset.json"


def test_images_without_a_label_are_named(upload: Upload) -> None:
    error = refusal(upload, with_json({"labels": pairs()[1:]}))
    assert error.message == "00000/img00000000.png has no label in dataset.json."


@pytest.mark.parametrize("label", ["", " ", "a\nb", "\ud800", "x" * 65])
def test_a_label_that_is_no_name(upload: Upload, label: str) -> None:
    assert refusal(upload, with_json({"labels": pairs(lambda number: label)})).problems
