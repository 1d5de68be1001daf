"""How TensorFlow sessions run: the `tensorflow.ConfigProto` that follows from the flags."""

from __future__ import annotations

from typing import Any

from tensorflow.core.protobuf import config_pb2, rewriter_config_pb2

from services.serving.config.flags import Flags
from services.serving.config.text_protos import read_text


def session_config(flags: Flags) -> Any:
    """The ConfigProto of ``--tensorflow_session_config_file``, changed by the flags for parts of it.

    Where a flag is not given, the file's value holds. (TensorFlow Serving then sets the file's thread
    counts to 0.)
    """
    config = config_pb2.ConfigProto()
    if flags.tensorflow_session_config_file:
        read_text(flags.tensorflow_session_config_file, config)
    else:
        # Lets a model exported on a machine with a GPU run on one without.
        config.allow_soft_placement = True
        config.gpu_options.allow_growth = not flags.per_process_gpu_memory_fraction
    if flags.per_process_gpu_memory_fraction:
        config.gpu_options.per_process_gpu_memory_fraction = flags.per_process_gpu_memory_fraction
    within, between = flags.tensorflow_intra_op_parallelism, flags.tensorflow_inter_op_parallelism
    if not within and not between:
        within = between = flags.tensorflow_session_parallelism
    if within:
        config.intra_op_parallelism_threads = within
    if between:
        config.inter_op_parallelism_threads = between
    return with_mixed_precision(config, flags.mixed_precision)


def with_mixed_precision(config: Any, kind: str) -> Any:
    """The config, with float32 operations rewritten for ``--mixed_precision=bfloat16``."""
    if kind == "bfloat16":
        rewriter = config.graph_options.rewrite_options
        rewriter.auto_mixed_precision_onednn_bfloat16 = rewriter_config_pb2.RewriterConfig.ON
    return config
