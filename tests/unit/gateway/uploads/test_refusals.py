"""Everything that an upload is refused for, with the file that is to blame."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from services.contracts.errors import InvalidInput
from services.gateway.uploads import archive, names
from services.gateway.uploads.rules import DEFAULT_LIMITS, UploadLimits
from tests.support.images import blot, blots, encoded, zipped
from tests.unit.gateway.uploads.conftest import Upload

GOOD = blots(24, classes=2)


def refusal(upload: Upload, data: bytes, limits: UploadLimits = DEFAULT_LIMITS) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        upload(data, limits)
    return caught.value


def entry(name: str, data: bytes, change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    """A good zip with one more file, whose entry is changed."""
    info = zipfile.ZipInfo(name)
    change(info)
    target = io.BytesIO(zipped(GOOD))
    with zipfile.ZipFile(target, "a") as packed:
        packed.writestr(info, data)
    return target.getvalue()


def symlink(info: zipfile.ZipInfo) -> None:
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def animation(form: str) -> bytes:
    frames = [Image.fromarray(blot(number)) for number in range(3)]
    file = io.BytesIO()
    frames[0].save(file, form, save_all=True, append_images=frames[1:])
    return file.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A PNG that claims to be very large, in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


BROKEN = {
    "text": (b"this is no image", "is no PNG, JPEG or WebP image"),
    "empty": (b"", "is no PNG, JPEG or WebP image"),
    "gif": (encoded(blot(1), "GIF"), "is no PNG, JPEG or WebP image"),
    "bmp": (encoded(blot(1), "BMP"), "is no PNG, JPEG or WebP image"),
    "tiff": (encoded(blot(1), "TIFF"), "is no PNG, JPEG or WebP image"),
    "truncated png": (
        encoded(np.random.default_rng(0).integers(0, 256, (64, 64), np.uint8))[:2000],
        "broken",
    ),
    "truncated jpeg": (encoded(blot(1, 64), "JPEG")[:-400], "broken"),
    "truncated webp": (encoded(blot(1, 64, colour=True), "WEBP", lossless=True)[:-40], "broken"),
    "animated png": (animation("PNG"), "is animated"),
    "animated webp": (animation("WEBP"), "is animated"),
    "many pixels": (huge_png(10_000, 5_000), "10000×5000 pixels"),
    "more pixels than Pillow reads": (huge_png(100_000, 100_000), "more pixels"),
}


@pytest.mark.parametrize(("data", "why"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_no_still_picture(upload: Upload, data: bytes, why: str) -> None:
    error = refusal(upload, zipped(GOOD | {"class 1/wrong.png": data}))
    assert why in error.message
    assert error.message.startswith("class 1/wrong.png ")
    assert [problem.path for problem in error.problems] == ["class 1/wrong.png"]


NAMES = {
    "../up.png": "leaves its folder",
    "class 1/../../up.png": "leaves its folder",
    "class 1/./a.png": "leaves its folder",
    "class 1//a.png": "leaves its folder",
    "/etc/a.png": "absolute",
    "C:/a.png": "absolute",
    "..\\a.png": "leaves its folder",
    "class 1\\..\\..\\a.png": "leaves its folder",
    "C:\\a.png": "absolute",
    "\\\\server\\a.png": "absolute",
    "../.git/a.png": "leaves its folder",
    "class 1/a\n.png": "cannot be shown",
    "class 1/a\u202egnp": "cannot be shown",
    "class 1/deep/a.png": "too deep",
    "outside.png": "outside of the class folders",
    "class 1/more.zip": "archive in the archive",
    "class 1/more.tar.gz": "archive in the archive",
    "class 1/notes.txt": "is no PNG, JPEG or WebP image",
    f"{'n' * 65}/a.png": "more than 64 characters",
}


@pytest.mark.parametrize(("name", "why"), NAMES.items())
def test_a_name_that_has_no_place(upload: Upload, name: str, why: str) -> None:
    data = b"PK" if name.endswith((".zip", ".gz", ".txt")) else encoded(blot(1))
    error = refusal(upload, zipped(GOOD | {name: data}))
    assert why in error.message
    shown = name.replace("\\", "/")
    printable = shown if shown.isprintable() else shown.encode("unicode_escape").decode()
    assert [problem.path for problem in error.problems] == [printable]


def test_a_name_that_ends_early_for_c_programs(upload: Upload) -> None:
    data = zipped(GOOD | {"class 1/a.png?.exe": encoded(blot(1))}).replace(b"a.png?", b"a.png\0")
    assert "cannot be shown" in refusal(upload, data).message


def test_links_and_devices(upload: Upload) -> None:
    assert "is a link" in refusal(upload, entry("class 1/a.png", b"/etc/passwd", symlink)).message


def test_encrypted_files(upload: Upload) -> None:
    data = bytearray(zipped(GOOD))
    place = data.index(b"PK\x01\x02") + 8
    data[place] |= 1
    error = refusal(upload, bytes(data))
    assert "is encrypted" in error.message
    assert error.problems[0].path == "class 0/000.png"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_cannot_be_bounded_while_it_is_read(upload: Upload, method: int) -> None:
    assert "unusual way" in refusal(upload, zipped(GOOD, method)).message


def test_duplicate_names(upload: Upload) -> None:
    def same(info: zipfile.ZipInfo) -> None:
        pass

    with pytest.warns(UserWarning, match="Duplicate"):
        data = entry("class 1/001.png", encoded(blot(1)), same)
    error = refusal(upload, data)
    assert error.message == "class 1/001.png is in the zip twice."


def test_a_backslash_makes_no_second_file(upload: Upload) -> None:
    double = {"class 1/a.png": encoded(blot(1)), "class 1\\a.png": encoded(blot(2))}
    assert "twice" in refusal(upload, zipped(GOOD | double)).message


def test_names_that_only_look_alike_are_the_same(upload: Upload) -> None:
    double = {"class 1/\u00e9.png": encoded(blot(1)), "class 1/e\u0301.png": encoded(blot(2))}
    assert "twice" in refusal(upload, zipped(GOOD | double)).message


@pytest.mark.parametrize("size", [DEFAULT_LIMITS.max_file + 1, 8 * 1024**2], ids=["too long", "ratio"])
def test_bombs(upload: Upload, size: int) -> None:
    data = zipped(GOOD | {"class 1/bomb.png": bytes(size)}, zipfile.ZIP_DEFLATED)
    error = refusal(upload, data)
    assert error.problems[0].path == "class 1/bomb.png"
    assert ("is longer than" if size > DEFAULT_LIMITS.max_file else "100 times its size") in error.message


def test_a_bomb_that_lies_about_its_size(upload: Upload) -> None:
    size = 8 * 1024**2
    data = zipped({"class 0/bomb.png": bytes(size)} | GOOD, zipfile.ZIP_DEFLATED)
    claimed = data.replace(struct.pack("<I", size), struct.pack("<I", 1000))
    error = refusal(upload, claimed)
    assert error.problems[0].path == "class 0/bomb.png"
    assert "cannot be unpacked" in error.message


def test_all_files_together(upload: Upload) -> None:
    error = refusal(upload, zipped(GOOD), UploadLimits(max_unpacked=1000))
    assert "longer than the 1000 bytes allowed" in error.message
    assert error.problems[0].path.startswith("class 0/")


def test_all_pixels_together(upload: Upload) -> None:
    error = refusal(upload, zipped(GOOD), UploadLimits(max_all_pixels=32 * 32 * 10))
    assert "more than the 10240 pixels allowed in all" in error.message


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (UploadLimits(max_entries=23), "has 24 entries; 23 are allowed"),
        (UploadLimits(max_images=23), "has 24 images; 23 are allowed"),
        (UploadLimits(max_classes=1), "has 2 class folders; 1 are allowed"),
        (UploadLimits(max_directory=1000), "directory is longer than 1000 bytes"),
    ],
)
def test_too_much(upload: Upload, limits: UploadLimits, message: str) -> None:
    assert message in refusal(upload, zipped(GOOD), limits).message


def test_too_few_images(upload: Upload) -> None:
    assert "has no images; a data set needs 20 or more" in refusal(upload, zipped({})).message
    assert "has 1 image; a data set needs 20" in refusal(upload, zipped(blots(1))).message
    assert "has 19 images; a data set needs 20" in refusal(upload, zipped(blots(19))).message


def test_a_class_with_too_few(upload: Upload) -> None:
    error = refusal(upload, zipped(GOOD | {f"rare/{n}.png": encoded(blot(n)) for n in range(4)}))
    assert error.message == "rare/ has 4 images; a class needs 5 or more."


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18), zipped(GOOD)[:-50]])
def test_what_is_no_zip(upload: Upload, data: bytes) -> None:
    error = refusal(upload, data)
    assert [problem.path for problem in error.problems] == [""]


def test_damage_inside(upload: Upload) -> None:
    data = bytearray(zipped(GOOD, zipfile.ZIP_DEFLATED))
    place = data.index(b"class 0/002.png") + 15
    data[place : place + 40] = bytes(40)
    error = refusal(upload, bytes(data))
    assert error.problems[0].path == "class 0/002.png"


# Whatever is sent, it is either read or refused in order.

_PARTS = st.text(st.sampled_from("ab./\\:~ \0\n\u202eé猫C_-"), min_size=1, max_size=12)


@given(st.lists(_PARTS, min_size=1, max_size=5))
def test_no_name_leaves_its_folder(given_names: list[str]) -> None:
    path = Path("/tmp") / "base"
    for name in given_names:
        try:
            parts = names.checked(name.replace("\\", "/"))
        except InvalidInput:
            continue
        inside = path.joinpath(*parts).resolve()
        assert inside != path
        assert path in inside.parents
        assert not any("\\" in part for part in parts)


@given(data=st.data())
def test_no_damage_surprises(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    whole = bytearray(_SMALL_ZIP)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged.zip"
    path.write_bytes(whole)
    with suppress(InvalidInput), archive.opened(path, DEFAULT_LIMITS) as opened:
        for file in opened.files:
            assert len(opened.read(file)) <= DEFAULT_LIMITS.max_file


_SMALL_ZIP = zipped({f"a/{number}": b"x" * 9 for number in range(20)}, zipfile.ZIP_DEFLATED)
