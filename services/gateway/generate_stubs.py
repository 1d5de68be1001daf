"""`python -m services.gateway.generate_stubs`: from `proto/` to `services/gateway/stubs`."""

from __future__ import annotations

import sys
from pathlib import Path

PROTOS = Path(__file__).parents[2] / "proto"
STUBS = Path(__file__).parent / "stubs"

_INIT = '''"""Generated from proto/ by `python -m services.gateway.generate_stubs`; do not edit.

The messages live in a pool of their own: TensorFlow brings other definitions of the same names, and one
pool can hold one of each.
"""

from google.protobuf import descriptor_pool, wrappers_pb2

POOL = descriptor_pool.DescriptorPool()
POOL.AddSerializedFile(wrappers_pb2.DESCRIPTOR.serialized_pb)
'''


def generate(target: Path) -> None:
    """Write modules, type stubs and service stubs of all protos into a folder."""
    # Only development has the compiler.
    import grpc_tools  # type: ignore[import-untyped]
    from grpc_tools import protoc

    target.mkdir(parents=True, exist_ok=True)
    names = sorted(path.name for path in PROTOS.glob("*.proto"))
    include = Path(grpc_tools.__file__).parent / "_proto"
    arguments = [f"--{kind}_out={target}" for kind in ("python", "pyi", "grpc_python")]
    if (
        protoc.main(["protoc", f"--proto_path={PROTOS}", f"--proto_path={include}", *arguments, *names])
        != 0
    ):
        raise SystemExit("The protos cannot be compiled.")
    for module in target.glob("*_pb2*.py*"):
        text = module.read_text()
        if module.name.endswith("_grpc.py") and "class " not in text:
            module.unlink()  # its proto has no services
            continue
        module.write_text(_in_package(text, {name.removesuffix(".proto") + "_pb2" for name in names}))
    (target / "__init__.py").write_text(_INIT)


def _in_package(text: str, modules: set[str]) -> str:
    """The compiler writes imports as if the folder were on the module path, and one pool for all."""
    for module in modules:
        text = text.replace(f"\nimport {module}", f"\nfrom . import {module}")
    return text.replace("_descriptor_pool.Default()", "_POOL").replace(
        "from google.protobuf import descriptor_pool as _descriptor_pool\n",
        "from services.gateway.stubs import POOL as _POOL\n",
    )


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else STUBS)
