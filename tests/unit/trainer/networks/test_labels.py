import numpy as np
import pytest
from numpy.typing import NDArray

from services.trainer.backend import keras, tf
from services.trainer.networks import labels

pytestmark = pytest.mark.tensorflow

LABEL = np.array([2, 0, 2], np.int32)


def normal(*shape: int) -> NDArray[np.float32]:
    return np.random.default_rng(sum(shape)).standard_normal(shape).astype(np.float32)


def test_an_embedding_looks_up_the_vector_of_the_label() -> None:
    layer, vectors = labels.LabelEmbedding(3, 4, keras.initializers.Zeros()), normal(3, 4)
    layer.embeddings.assign(vectors)
    np.testing.assert_array_equal(layer(LABEL), vectors[LABEL])


@pytest.mark.parametrize("shape", [(3, 6), (3, 2, 3, 1)], ids=["points", "images"])
def test_multiply(shape: tuple[int, ...]) -> None:
    x, vectors = normal(*shape), normal(3, 6)
    got = labels.JOINS["Multiply"](tf.constant(x), tf.constant(vectors))
    np.testing.assert_array_equal(got, x * vectors.reshape(shape))


def test_concatenate() -> None:
    x, vectors = normal(3, 2), normal(3, 6)
    got = labels.JOINS["Concatenate"](tf.constant(x), tf.constant(vectors))
    np.testing.assert_array_equal(got, np.hstack([x, vectors]))


def test_fit_is_the_inner_product_of_features_and_class() -> None:
    x, vectors = normal(3, 50), normal(3, 51)[:, :50]
    got = labels.fit(tf.constant(x), tf.constant(vectors))
    np.testing.assert_allclose(got, np.einsum("nf,nf->n", x, vectors)[:, None], rtol=1e-4, atol=1e-5)
