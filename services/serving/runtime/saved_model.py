"""Loads a SavedModel of any kind into a session, like TensorFlow's C++ loader (`LoadSavedModel`).

The graph is imported unchanged, its own restore operation restores the variables, and its initialisation is
run. The TensorFlow 2 loader (`tf.saved_model.load`) cannot load every model of TensorFlow 1. All sessions
share one thread pool; a version with 4.4 MB of weights takes about 20 MB.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import tensorflow as tf
from google.protobuf import text_format
from google.protobuf.message import DecodeError
from tensorflow.core.protobuf import config_pb2, meta_graph_pb2, saved_model_pb2
from tensorflow.python.client import pywrap_tf_session

from services.serving.base.errors import Code, ServingError, invalid_argument, not_found
from services.serving.base.servable import Array, Signature, TensorInfo
from services.serving.base.tensors import decode
from services.serving.runtime.memory import release_memory

INIT_SIGNATURE = "__saved_model_init_op"
_VARIABLE_OPS = frozenset({"VarHandleOp", "VariableV2", "Variable"})


@dataclass(frozen=True)
class SessionOptions:
    """Which meta graph to load, and how to run its session."""

    tags: frozenset[str] = frozenset({"serve"})
    config: Any = field(default_factory=config_pb2.ConfigProto)
    load_thread_pool: int = 0
    """Index in the config's ``session_inter_op_thread_pool`` of the pool for restoring and initialising."""


class SavedModel:
    """A loaded version: its graph, its session and its signatures."""

    def __init__(
        self, graph: Any, session: Any, protos: Mapping[str, Any], signatures: Mapping[str, Signature]
    ) -> None:
        self.graph = graph
        self._session = session
        self._protos = protos
        self.signatures = signatures
        self._tensors: dict[str, Any] = {}

    def run(self, feeds: Mapping[str, Array], fetches: Sequence[str], timeout: float | None) -> list[Array]:
        """See `Servable.run`.

        This does not use `Session.run`, which checks shapes in Python and words its errors differently, but
        the C++ `Session::Run` below it, as TensorFlow Serving does.
        """
        unique = list(dict.fromkeys(fetches))
        options = None
        if timeout is not None:
            milliseconds = max(int(timeout * 1000), 1)
            options = pywrap_tf_session.TF_NewBufferFromString(
                config_pb2.RunOptions(timeout_in_ms=milliseconds).SerializeToString()
            )
        try:
            arrays = pywrap_tf_session.TF_SessionRun_wrapper(
                self._session._session,
                options,
                {self._tensor(name): value for name, value in feeds.items()},
                [self._tensor(name) for name in unique],
                [],
                None,
            )
        except tf.errors.OpError as error:
            raise ServingError(Code(error.error_code), error.message) from error
        finally:
            if options is not None:
                pywrap_tf_session.TF_DeleteBuffer(options)
        found = {name: np.asarray(array) for name, array in zip(unique, arrays, strict=True)}
        return [found[name] for name in fetches]

    def signature_protos(self) -> Mapping[str, Any]:
        """See `Servable.signature_protos`."""
        return self._protos

    def close(self) -> None:
        """Free variables and graph, and return the memory to the system."""
        self._tensors.clear()
        self._session.close()
        del self._session, self.graph
        release_memory()

    def _tensor(self, name: str) -> Any:
        tensor = self._tensors.get(name)
        if tensor is None:
            try:
                tensor = self.graph.get_tensor_by_name(name)._as_tf_output()
            except (KeyError, ValueError) as error:
                # A composite output (ragged, sparse) has an empty name, hence "Tensor :0, ...", as in
                # TensorFlow Serving. With an output filter, such a model serves its other outputs.
                label = name if ":" in name else f"{name}:0"
                raise invalid_argument(
                    f"Tensor {label}, specified in either feed_devices or fetch_devices was not found in "
                    "the Graph"
                ) from error
            self._tensors[name] = tensor
        return tensor


def load_saved_model(path: str, options: SessionOptions) -> SavedModel:
    """Load the meta graph with these tags, ready to run.

    Raises:
        ServingError: The folder has no complete SavedModel.
    """
    meta_graph = _read_meta_graph(Path(path), options.tags)
    graph = tf.Graph()
    session = tf.compat.v1.Session(graph=graph, config=options.config)
    try:
        with graph.as_default():
            tf.graph_util.import_graph_def(meta_graph.graph_def, name="")
        # Only `Session.run`, which is not used later, would notice the new nodes.
        session._extend_graph()
        assets = _asset_feeds(meta_graph, Path(path))
        run_options = config_pb2.RunOptions(inter_op_thread_pool=options.load_thread_pool)
        _restore(session, meta_graph, Path(path), assets, run_options)
        init = _init_op(meta_graph)
        if init:
            session.run(graph.get_operation_by_name(init), assets, run_options)
        protos = {name: _copied(signature) for name, signature in meta_graph.signature_def.items()}
        return SavedModel(graph, session, protos, _signatures(protos))
    except BaseException as error:
        session.close()
        if isinstance(error, tf.errors.OpError):
            raise ServingError(Code(error.error_code), error.message) from None
        if isinstance(error, (ValueError, KeyError, TypeError)):
            raise invalid_argument(f"Could not load {path}: {error}") from None
        raise


def _read_meta_graph(path: Path, tags: frozenset[str]) -> Any:
    for meta_graph in _read_saved_model(path).meta_graphs:
        if set(meta_graph.meta_info_def.tags) == tags:
            return meta_graph
    raise not_found(
        f"Could not find meta graph def matching supplied tags: {{ {' '.join(sorted(tags))} }}. To inspect "
        "available tag-sets in the SavedModel, please use the SavedModel CLI: `saved_model_cli`"
    )


def _read_saved_model(path: Path) -> Any:
    binary, text = path / "saved_model.pb", path / "saved_model.pbtxt"
    try:
        if not binary.exists() and text.exists():
            return text_format.Parse(text.read_bytes(), saved_model_pb2.SavedModel())
        return saved_model_pb2.SavedModel.FromString(binary.read_bytes())
    except OSError as error:
        raise not_found(
            f"Could not find SavedModel .pb or .pbtxt at supplied export directory path: {path}. Check "
            "that the directory exists and that you have the right permissions for accessing it."
        ) from error
    except DecodeError as error:
        raise ServingError(Code.DATA_LOSS, f"Can't parse {binary} as binary proto") from error
    except (text_format.ParseError, UnicodeDecodeError) as error:
        raise ServingError(Code.DATA_LOSS, f"Can't parse {text} as text proto") from error


def _asset_feeds(meta_graph: Any, path: Path) -> dict[str, str]:
    files = list(meta_graph.asset_file_def)
    for packed in meta_graph.collection_def["saved_model_assets"].any_list.value if not files else ():
        asset = meta_graph_pb2.AssetFileDef()
        packed.Unpack(asset)
        files.append(asset)
    feeds = {}
    for asset in files:
        # A model must not make the server read files outside its folder.
        if PurePosixPath(asset.filename).is_absolute() or ".." in PurePosixPath(asset.filename).parts:
            raise invalid_argument(f"Asset {asset.filename!r} lies outside {path}")
        feeds[asset.tensor_info.name] = str(path / "assets" / asset.filename)
    return feeds


def _restore(
    session: Any, meta_graph: Any, path: Path, assets: Mapping[str, str], run_options: Any
) -> None:
    saver = meta_graph.saver_def
    if not saver.restore_op_name:
        return
    variables = path / "variables" / "variables"
    if not variables.with_name("variables.index").exists():
        # TensorFlow's own loader accepts such a model, and then every request fails.
        if any(node.op in _VARIABLE_OPS for node in meta_graph.graph_def.node):
            raise not_found(f"Variables of {path} are missing: there is no {variables}.index")
        return
    restore = session.graph.get_operation_by_name(saver.restore_op_name)
    session.run(restore, {saver.filename_tensor_name: os.fspath(variables), **assets}, run_options)


def _init_op(meta_graph: Any) -> str:
    signature = meta_graph.signature_def.get(INIT_SIGNATURE)
    if signature is not None:
        return str(signature.outputs[INIT_SIGNATURE].name).partition(":")[0]
    for collection in ("saved_model_main_op", "legacy_init_op"):
        if collection in meta_graph.collection_def:
            nodes = meta_graph.collection_def[collection].node_list.value
            if len(nodes) != 1:
                raise ServingError(
                    Code.FAILED_PRECONDITION, f"Expected exactly one main op in : {collection}"
                )
            return str(nodes[0])
    return ""


def _copied(signature: Any) -> Any:
    """A copy that does not keep the memory of the whole meta graph alive."""
    copy = meta_graph_pb2.SignatureDef()
    copy.CopyFrom(signature)
    return copy


def _signatures(protos: Mapping[str, Any]) -> dict[str, Signature]:
    return {
        name: Signature(
            inputs=_tensor_infos(proto.inputs),
            outputs=_tensor_infos(proto.outputs),
            method=proto.method_name,
            defaults={alias: decode(tensor) for alias, tensor in proto.defaults.items()},
        )
        for name, proto in protos.items()
    }


def _tensor_infos(infos: Mapping[str, Any]) -> dict[str, TensorInfo]:
    return {alias: TensorInfo(info.name, info.dtype) for alias, info in sorted(infos.items())}
