"""What no pixel depends on does no harm; what a pixel depends on is still judged."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageOps

from services.contracts.errors import InvalidInput
from services.gateway.explore.locate import read_picture
from services.gateway.uploads import pictures
from services.gateway.uploads.essence.png import with_text_alone
from tests.support.images import blot, encoded, zipped
from tests.support.pngs import SIGNATURE, chunk, png
from tests.unit.gateway.uploads.conftest import Upload

GREY, COLOUR, PALETTE = 0, 2, 3
BLOT = blot(3, 24, colour=True)
PLAIN = encoded(BLOT)
HEADER_END = 33


def seen(data: bytes, side: int) -> NDArray[np.uint8]:
    pictures.inspect(data, "a")
    return pictures.pixels(data, "a", side)


def with_chunks(*chunks: bytes, at: int = HEADER_END) -> bytes:
    return PLAIN[:at] + b"".join(chunks) + PLAIN[at:]


LONG = zlib.compress(bytes(3 * 1024**2))
PROFILE = zlib.compress(np.random.default_rng(0).bytes(2 * 1024**2))
NEEDLESS = {
    "a long text": chunk(b"zTXt", b"Comment\0\0" + LONG),
    "a long international text": chunk(b"iTXt", b"Comment\0\1\0\0\0" + LONG),
    "many long texts": b"".join(chunk(b"zTXt", b"Comment\0\0" + LONG) for _ in range(30)),
    "a long plain text": chunk(b"tEXt", b"Comment\0" + b"x" * 3 * 1024**2),
    "a text that is none": chunk(b"zTXt", b"Comment\0\0not packed"),
    "a long colour profile": chunk(b"iCCP", b"ICC\0\0" + PROFILE),
    "a colour profile that is none": chunk(b"iCCP", b"ICC\0\0not packed"),
    "a bad checksum in a text": chunk(b"tEXt", b"Comment\0hello", crc=1),
    "a bad checksum in the time": chunk(b"tIME", bytes(7), crc=1),
    "a bad checksum in the gamma": chunk(b"gAMA", struct.pack(">I", 45455), crc=1),
    "a short gamma": chunk(b"gAMA", b"\1"),
    "a short resolution": chunk(b"pHYs", b"\1\2"),
    "a broken orientation": chunk(b"eXIf", b"MM\0\x2a\xff\xff\xff\xff"),
    "a bad checksum in the orientation": chunk(b"eXIf", b"II", crc=3),
    "a broken profile of a camera": chunk(b"tEXt", b"Raw profile type exif\0\nexif\n 4\nzz"),
    "a long orientation": chunk(b"zTXt", b"Raw profile type exif\0\0" + LONG),
    "a single frame": chunk(b"acTL", struct.pack(">II", 1, 0)),
    "what nobody knows": chunk(b"abCd", bytes(100)),
}


@pytest.mark.parametrize("extra", NEEDLESS.values(), ids=NEEDLESS)
def test_a_png_with_more_than_pixels(extra: bytes) -> None:
    np.testing.assert_array_equal(seen(with_chunks(extra), 24), BLOT)
    np.testing.assert_array_equal(read_picture(with_chunks(extra), (24, 24, 3)), BLOT)


@pytest.mark.parametrize("extra", NEEDLESS.values(), ids=NEEDLESS)
def test_a_png_with_more_behind_its_pixels(extra: bytes) -> None:
    if b"acTL" not in extra:
        np.testing.assert_array_equal(seen(with_chunks(extra, at=len(PLAIN) - 12), 24), BLOT)


def test_a_png_that_lost_its_end() -> None:
    np.testing.assert_array_equal(seen(PLAIN[:-12], 24), BLOT)
    np.testing.assert_array_equal(seen(PLAIN + b"trailing", 24), BLOT)


@pytest.mark.parametrize(
    "data",
    [
        with_chunks(chunk(b"PLTE", b"abc", crc=1)),
        SIGNATURE + chunk(b"IHDR", bytes(13), crc=1) + PLAIN[HEADER_END:],
        png(np.zeros((4, 4)), 8, GREY, chunk(b"tRNS", b"\0\0", crc=1)),
        PLAIN.replace(b"IDAT", b"IDAX"),
    ],
    ids=["palette", "header", "transparency", "no pixels"],
)
def test_what_pixels_need_is_judged(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="broken"):
        seen(data, 4)


def test_one_such_file_does_no_harm_to_an_upload(upload: Upload) -> None:
    files = {f"{number}.png": encoded(blot(number, 24, colour=True)) for number in range(19)}
    assert upload(zipped(files | {"x.png": with_chunks(*NEEDLESS.values())})).info.train == 17


@pytest.mark.parametrize("depth", [1, 2, 4, 8, 16])
def test_a_transparent_shade_of_grey(depth: int) -> None:
    white = (1 << depth) - 1
    samples = np.tile(np.array([0, 1, white - 1, white] if depth > 1 else [0, 1, 1, 0]), (4, 1))
    plain = seen(png(samples, depth, GREY), 4)
    for shade in {0, 1, white - 1, white}:
        clear = seen(png(samples, depth, GREY, chunk(b"tRNS", struct.pack(">H", shade))), 4)
        expected = np.where(samples[..., None] == shade, 0, plain)
        np.testing.assert_array_equal(clear, expected)
        # Only as many bits as there are count.
        if depth < 16:
            high = chunk(b"tRNS", struct.pack(">H", shade | 1 << depth))
            np.testing.assert_array_equal(seen(png(samples, depth, GREY, high), 4), expected)


@pytest.mark.parametrize("depth", [8, 16])
def test_a_transparent_colour(depth: int) -> None:
    scale = 1 if depth == 8 else 256
    samples = np.zeros((4, 4, 3), np.uint16)
    samples[:, 2:] = np.array([200, 100, 50]) * scale + 7
    samples[:, 3, 2] += 1  # another colour, by the least that there is
    clear = chunk(b"tRNS", struct.pack(">3H", *samples[0, 2]))
    result = seen(png(samples, depth, COLOUR, clear), 4)
    assert not result[:, 2].any()
    np.testing.assert_array_equal(result[0, 3], samples[0, 3] >> (8 if depth == 16 else 0))


@pytest.mark.parametrize("depth", [1, 2, 4, 8])
def test_transparent_entries_of_a_palette(depth: int) -> None:
    samples = np.tile(np.array([0, 1, 1, 0]), (4, 1))
    palette = chunk(b"PLTE", bytes([200, 100, 50, 10, 20, 30]))
    result = seen(png(samples, depth, PALETTE, palette, chunk(b"tRNS", b"\0")), 4)
    np.testing.assert_array_equal(result[0], [[0, 0, 0], [10, 20, 30], [10, 20, 30], [0, 0, 0]])
    half = seen(png(samples, depth, PALETTE, palette, chunk(b"tRNS", b"\x80")), 4)
    assert np.abs(half[0, 0].astype(int) - [100, 50, 25]).max() <= 1


def test_sixteen_bits_keep_the_upper_ones() -> None:
    samples = np.tile(np.array([0, 0x1234, 0xABCD, 0xFFFF]), (4, 1))
    assert seen(png(samples, 16, GREY), 4)[0, :, 0].tolist() == [0, 18, 171, 255]


def test_a_recipe_is_found_among_other_texts() -> None:
    crowded = with_chunks(*NEEDLESS.values(), chunk(b"tEXt", b"latent-atlas\0{}"))
    with Image.open(io.BytesIO(with_text_alone(crowded, b"latent-atlas"))) as image:
        assert image.info == {"latent-atlas": "{}"}


# Cameras ----------------------------------------------------------------------------------


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


JPEG = encoded(BLOT, "JPEG", quality=100, subsampling=0)
SEGMENTS = {
    "a broken orientation": segment(0xE1, b"Exif\0\0MM\0\x2a\xff\xff\xff\xff"),
    "an orientation that is none": segment(0xE1, b"Exif\0\0"),
    "a broken profile": segment(0xE2, b"ICC_PROFILE\0\1\xff" + bytes(50)),
    "half a profile": segment(0xE2, b"ICC_PROFILE\0"),
    "a broken list of pictures": segment(0xE2, b"MPF\0" + b"MM\0\x2a\0\0\0\x08\0\xff"),
    "a broken photoshop note": segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x03\xed\0\0\0\0\xff\xff"),
    "broken xmp": segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta \xff"),
    "a long comment": segment(0xFE, bytes(65000)) * 40,
}


@pytest.mark.parametrize("extra", SEGMENTS.values(), ids=SEGMENTS)
def test_a_jpeg_with_more_than_pixels(extra: bytes) -> None:
    plain = seen(JPEG, 24)
    np.testing.assert_array_equal(seen(JPEG[:2] + extra + JPEG[2:], 24), plain)


def test_colours_of_adobe_are_kept() -> None:
    file = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(file, "JPEG")
    assert seen(file.getvalue(), 8)[4, 4, 0] > 200


WEBP = encoded(BLOT, "WEBP", lossless=True, exif=b"Exif\0\0nothing", xmp=b"<broken", icc_profile=b"none")


def test_a_webp_with_more_than_pixels() -> None:
    np.testing.assert_array_equal(seen(WEBP, 24), BLOT)
    cut_in_its_metadata = WEBP[:-4]
    np.testing.assert_array_equal(seen(cut_in_its_metadata, 24), BLOT)


OPTIONS: dict[str, dict[str, Any]] = {
    "PNG": {},
    "JPEG": {"quality": 100, "subsampling": 0},
    "WEBP": {"lossless": True},
}


@pytest.mark.parametrize("form", OPTIONS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_cameras_held_in_every_way(form: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = OPTIONS[form]
    data = encoded(BLOT, form, exif=exif, **options)
    with Image.open(io.BytesIO(data)) as image:
        expected = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    np.testing.assert_array_equal(seen(data, 24), expected)


def test_an_orientation_in_xml() -> None:
    xmp = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    turned = np.rot90(BLOT, -1)
    np.testing.assert_array_equal(seen(encoded(BLOT, "WEBP", lossless=True, xmp=xmp), 24), turned)
    text = chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp)
    np.testing.assert_array_equal(seen(with_chunks(text), 24), turned)


# Whatever is sent, it is either read or refused in order -----------------------------------

EXAMPLES = (
    with_chunks(*NEEDLESS.values()),
    png(np.zeros((4, 4)), 16, GREY, chunk(b"tRNS", b"\0\0")),
    png(np.zeros((4, 4, 3)), 16, COLOUR, chunk(b"tRNS", bytes(6))),
    JPEG[:2] + b"".join(SEGMENTS.values()) + JPEG[2:],
    WEBP,
)


@given(data=st.data(), example=st.sampled_from(range(len(EXAMPLES))))
def test_no_damage_surprises(data: st.DataObject, example: int) -> None:
    whole = bytearray(EXAMPLES[example])
    end = min(len(whole), 600) - 1
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(0, end))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    for damaged in (bytes(whole), bytes(whole[:cut])):
        with suppress(InvalidInput):
            assert seen(damaged, 4).shape == (4, 4, 3)
