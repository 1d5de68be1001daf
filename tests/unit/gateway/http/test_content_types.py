from __future__ import annotations

import pytest

from services.contracts.errors import InvalidInput
from services.gateway.http.content_types import JSON, MOST_RANGES, NPY, PNG, NotAcceptable, choose
from services.gateway.plumbing.number_lists import integers, numbers

FORMS = (JSON, PNG, NPY)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("image/png", PNG),
        ("IMAGE/PNG", PNG),
        ("image/*", PNG),
        ("application/*", JSON),
        ("image/png;q=0.5, application/json;q=0.4", PNG),
        ("image/png;q=0.3, application/json;q=0.4", JSON),
        ("application/json;q=0, */*", PNG),
        ("*/*;q=0.1, application/x-npy", NPY),
        ("text/html, application/xhtml+xml, image/png;q=0.8", PNG),
        ("application/x-npy;q=1.0;v=2, image/png", PNG),
        ("image/png;q=nonsense, application/x-npy", NPY),
        (" , image/png , ", PNG),
    ],
)
def test_the_best_liked_form_is_chosen(accept: str | None, form: str) -> None:
    assert choose(accept, FORMS) == form


@pytest.mark.parametrize(
    "accept", ["text/html", "image/gif", "*/*;q=0", "application/json;q=0", "nonsense"]
)
def test_a_form_that_nobody_has_is_refused(accept: str) -> None:
    with pytest.raises(NotAcceptable, match="application/json"):
        choose(accept, (JSON,))


def test_endless_forms_are_refused_before_they_are_read() -> None:
    listed = ["application/json"] * MOST_RANGES
    assert choose(", ".join(listed), (JSON,)) == JSON
    with pytest.raises(NotAcceptable, match=str(MOST_RANGES)):
        choose(", ".join([*listed, "image/png"]), (JSON,))
    with pytest.raises(NotAcceptable):
        choose("," * 60_000, (JSON,))


def test_lists_of_numbers() -> None:
    assert integers("0,2", "axes") == (0, 2)
    assert integers(" 1 , -1", "axes") == (1, -1)
    assert numbers("-1,0.5,1e2", "range") == (-1.0, 0.5, 100.0)


@pytest.mark.parametrize("text", ["", ",", "a", "0;1", "nan", "inf,1", "-inf", "1e999", "1," * 200])
def test_a_wrong_list_names_its_field(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        numbers(text, "at")
    assert [problem.path for problem in caught.value.problems] == ["at"]
    with pytest.raises(InvalidInput):
        integers(text, "axes")
