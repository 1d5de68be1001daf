from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class LatentMap(_message.Message):
    __slots__ = ("model", "version", "axes", "range", "resolution", "at", "label", "classes", "class_names", "shares", "computed", "theme", "values")
    MODEL_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    AXES_FIELD_NUMBER: _ClassVar[int]
    RANGE_FIELD_NUMBER: _ClassVar[int]
    RESOLUTION_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    CLASSES_FIELD_NUMBER: _ClassVar[int]
    CLASS_NAMES_FIELD_NUMBER: _ClassVar[int]
    SHARES_FIELD_NUMBER: _ClassVar[int]
    COMPUTED_FIELD_NUMBER: _ClassVar[int]
    THEME_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    model: str
    version: int
    axes: _containers.RepeatedScalarFieldContainer[int]
    range: _containers.RepeatedScalarFieldContainer[float]
    resolution: int
    at: _containers.RepeatedScalarFieldContainer[float]
    label: int
    classes: bytes
    class_names: _containers.RepeatedScalarFieldContainer[str]
    shares: _containers.RepeatedScalarFieldContainer[float]
    computed: int
    theme: str
    values: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, model: _Optional[str] = ..., version: _Optional[int] = ..., axes: _Optional[_Iterable[int]] = ..., range: _Optional[_Iterable[float]] = ..., resolution: _Optional[int] = ..., at: _Optional[_Iterable[float]] = ..., label: _Optional[int] = ..., classes: _Optional[bytes] = ..., class_names: _Optional[_Iterable[str]] = ..., shares: _Optional[_Iterable[float]] = ..., computed: _Optional[int] = ..., theme: _Optional[str] = ..., values: _Optional[_Iterable[float]] = ...) -> None: ...
