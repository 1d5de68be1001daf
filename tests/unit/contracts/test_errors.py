"""The error tree is drawn in its module's docstring, completely."""

import re

from services.contracts import errors


def subclasses(cls: type[Exception]) -> list[type[Exception]]:
    children = cls.__subclasses__()
    return children + [deeper for child in children for deeper in subclasses(child)]


def test_the_drawing_names_every_error_of_the_module() -> None:
    drawn = set(re.findall(r"[├└]── (\w+)", errors.__doc__ or ""))
    defined = {c.__name__ for c in subclasses(errors.AtlasError) if c.__module__ == errors.__name__}
    assert drawn == defined - {"FieldProblem"}
