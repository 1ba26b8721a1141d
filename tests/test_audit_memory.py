"""Memory that is free but still held."""

import ctypes

import pytest

from audit import memory


def test_a_c_library_of_another_make_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the C library has no such call, nothing is asked of it and nothing fails."""
    asked: list[object] = []

    def without(name: object) -> object:
        asked.append(name)
        return object()

    monkeypatch.setattr(ctypes, "CDLL", without)

    memory.give_back()

    assert [None] == asked


def test_windows_has_no_library_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the process itself can't be opened as a library, nothing fails."""
    asked: list[object] = []

    def refused(name: object) -> object:
        asked.append(name)
        raise TypeError

    monkeypatch.setattr(ctypes, "CDLL", refused)

    memory.give_back()

    assert [None] == asked
