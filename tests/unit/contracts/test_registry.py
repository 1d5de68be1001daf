import pytest

from services.contracts.registry import DuplicateName, MissingEntries, Registry, UnknownName


def test_a_name_stands_once() -> None:
    table = Registry("loss", [("bce", 1), ("mse", 2)])
    with pytest.raises(DuplicateName, match="there is already a loss 'bce'"):
        table.add("bce", 3)
    assert dict(table) == {"bce": 1, "mse": 2}


def test_a_decorator_leaves_what_it_registers_as_it_is() -> None:
    table: Registry[type] = Registry("shape")

    @table.register("square")
    class Square:
        pass

    assert table["square"] is Square
    assert isinstance(Square(), Square)


def test_a_bad_name_is_quoted_back_with_the_nearest_and_all_others() -> None:
    table = Registry("activation", [("relu", 1), ("leaky_relu", 2)])
    with pytest.raises(UnknownName) as caught:
        table["leakyrelu"]
    assert str(caught.value) == (
        "there is no activation 'leakyrelu'; the nearest is 'leaky_relu'; there are: relu, leaky_relu"
    )
    with pytest.raises(UnknownName) as caught:
        table["xyz"]
    assert str(caught.value) == "there is no activation 'xyz'; there are: relu, leaky_relu"
    assert "xyz" not in table
    assert table.get("xyz") is None


def test_what_is_offered_must_be_there_and_nothing_else() -> None:
    table: Registry[int] = Registry("loss", [("bce", 1)], offered=("bce", "mse", "mae"))
    with pytest.raises(UnknownName, match="there is no loss 'hinge'; there are: bce, mse, mae"):
        table.add("hinge", 2)
    with pytest.raises(MissingEntries, match="missing: loss 'mse', loss 'mae'") as caught:
        table.require_all()
    assert caught.value.names == ("mse", "mae")
    table.add("mse", 2)
    table.add("mae", 3)
    table.require_all()
