from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.trainer.backend import tf
from services.trainer.networks.derived import Derived

pytestmark = pytest.mark.tensorflow


class Doubled:
    """A network of one weight, of which it keeps the double ready."""

    def __init__(self) -> None:
        self.weight = tf.Variable([1.0, 2.0])
        self.double = Derived("double", (2,), tf.float32, self.weight, lambda weight: 2 * weight)

    def save(self, folder: Path, weight: list[float]) -> None:
        self.weight.assign(weight)
        self.double.settle()
        self.double.export = folder.name
        module = tf.Module()
        module.weight, module.double = self.weight, self.double
        signature = tf.function(lambda: {"double": self.double.read()}, autograph=False)
        tf.saved_model.save(module, str(folder), signatures=signature.get_concrete_function())


def asked_of_a_session(folder: Path) -> Any:
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        meta = tf.compat.v1.saved_model.load(session, ["serve"], str(folder))
        return session.run(meta.signature_def["serving_default"].outputs["double"].name)


def test_it_follows_its_weight_once_it_is_settled() -> None:
    network = Doubled()
    np.testing.assert_array_equal(network.double.read(), [2, 4])
    network.weight.assign([3.0, 5.0])
    np.testing.assert_array_equal(network.double.read(), [2, 4])
    network.double.settle()
    np.testing.assert_array_equal(network.double.read(), [6, 10])


def test_whoever_loads_an_export_computes_it(tmp_path: Path) -> None:
    network = Doubled()
    network.save(tmp_path / "first", [1.0, 2.0])
    network.save(tmp_path / "second", [3.0, 5.0])
    first, second = (tf.saved_model.load(str(tmp_path / name)) for name in ("first", "second"))
    np.testing.assert_array_equal(first.signatures["serving_default"]()["double"], [2, 4])
    np.testing.assert_array_equal(second.signatures["serving_default"]()["double"], [6, 10])
    np.testing.assert_array_equal(asked_of_a_session(tmp_path / "first"), [2, 4])
    np.testing.assert_array_equal(asked_of_a_session(tmp_path / "second"), [6, 10])


def test_an_export_does_not_store_it(tmp_path: Path) -> None:
    Doubled().save(tmp_path / "export", [1.0, 2.0])
    stored = dict(tf.train.list_variables(str(tmp_path / "export" / "variables" / "variables")))
    assert [name for name, shape in stored.items() if shape] == ["weight/.ATTRIBUTES/VARIABLE_VALUE"]
