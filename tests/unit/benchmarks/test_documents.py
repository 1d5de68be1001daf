from pathlib import Path

import pytest

from benchmarks.documents import NoMarkers, markers, put, taken


def test_a_document_takes_each_table_between_its_markers(tmp_path: Path) -> None:
    document = tmp_path / "README.md"
    document.write_text("# Title\n\n" + "\n".join([*markers("one"), *markers("two")]) + "\n\nrest\n")
    for text in ("first", "second"):
        put(document, "one", text + "\n")
        put(document, "two", "other")
        assert (taken(document, "one"), taken(document, "two")) == (text, "other")
    assert document.read_text().startswith("# Title\n")
    assert document.read_text().endswith("\nrest\n")


@pytest.mark.parametrize("text", ["no markers", markers("one")[0]])
def test_a_document_without_both_markers_is_left_alone(tmp_path: Path, text: str) -> None:
    document = tmp_path / "README.md"
    document.write_text(text)
    with pytest.raises(NoMarkers, match=r"README\.md"):
        put(document, "one", "table")
    assert document.read_text() == text
