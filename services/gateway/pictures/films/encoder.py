"""Frames to a file, one by one, through FFmpeg's libraries (PyAV), which are loaded with the first film."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from services.gateway.http import content_types
from services.gateway.pictures.films.canvas import Frame

_REST_CENTISECONDS = 100
"""How long a GIF rests on its last frame before it begins again."""
_BT709 = 1
"""Of FFmpeg's colour spaces, primaries and transfer functions."""
_LIMITED = 1


def encode(frames: Iterable[Frame], form: str, fps: int, path: Path) -> None:
    """Write a film.

    Args:
        frames: all of the same size; taken one after the other, and none is kept.
        form: ``image/gif`` (endless, each frame in exactly its own colours where it has a palette) or
            ``video/mp4`` (H.264, or MPEG-4 Part 2 where that encoder is missing; yuv420p in BT.709).
        fps: frames a second.
        path: of a new file.
    """
    if form == content_types.GIF:
        _encode_gif(frames, fps, path)
    else:
        _encode_mp4(frames, fps, path)


def _encode_gif(frames: Iterable[Frame], fps: int, path: Path) -> None:
    import av

    options = {"loop": "0", "final_delay": str(_REST_CENTISECONDS)}
    with av.open(str(path), "w", format="gif", options=options) as file:
        stream: Any = None
        for number, frame in enumerate(frames):
            if stream is None:
                stream = _stream(file, "gif", "pal8", frame, fps, {})
            indexed = _indexed(frame)
            opaque = np.full((256, 4), 255, np.uint8)
            opaque[:, 1:] = indexed.palette
            # The types of PyAV do not know of this pair, its documentation does.
            pair: Any = (np.ascontiguousarray(indexed.pixels), opaque)
            picture = av.VideoFrame.from_ndarray(pair, format="pal8")
            picture.pts = number
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))


def _encode_mp4(frames: Iterable[Frame], fps: int, path: Path) -> None:
    import av
    from av.video.reformatter import Colorspace

    # One thread: films are made beside answers to people who wait for them.
    options = {"crf": "18", "preset": "veryfast", "threads": "1"}
    codec = "libx264"
    if codec not in av.codecs_available:
        codec, options = "mpeg4", {"qscale": "3", "threads": "1"}
    with av.open(str(path), "w", format="mp4") as file:
        stream: Any = None
        for number, frame in enumerate(frames):
            if stream is None:
                stream = _stream(file, codec, "yuv420p", frame, fps, options)
                context = stream.codec_context
                context.colorspace = context.color_primaries = context.color_trc = _BT709
                context.color_range = _LIMITED
            picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame.rgb), format="rgb24").reformat(
                format="yuv420p", dst_colorspace=Colorspace.ITU709
            )
            picture.pts = number
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))


def _stream(file: Any, codec: str, pixel_format: str, frame: Frame, fps: int, options: Any) -> Any:
    stream = file.add_stream(codec, rate=fps, options=options)
    stream.height, stream.width = frame.pixels.shape[:2]
    stream.pix_fmt = pixel_format
    return stream


def _indexed(frame: Frame) -> Any:
    """The frame with a palette: its own, or the 256 colours that suit it best."""
    if frame.palette is not None:
        return frame
    picture = Image.fromarray(frame.pixels).quantize(
        256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    colours = np.zeros((256, 3), np.uint8)
    found = np.asarray(picture.getpalette(), np.uint8).reshape(-1, 3)
    colours[: len(found)] = found
    return Frame(np.asarray(picture), colours)
