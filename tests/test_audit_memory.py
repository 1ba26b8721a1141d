"""Memory that is free but still held."""

import ctypes

import pyarrow as pa
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


def test_a_pool_that_is_not_built_in_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Arrow lacks the pool that gives memory back soon, it goes on with its own."""
    before = pa.default_memory_pool().backend_name

    def lacking() -> None:
        raise NotImplementedError

    monkeypatch.setattr(pa, "jemalloc_memory_pool", lacking)

    memory.economise()

    assert before == pa.default_memory_pool().backend_name


def test_memory_comes_from_the_pool_that_gives_it_back_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrow is told of the pool, and of the time for which it may keep what is free."""
    told: list[object] = []
    monkeypatch.setattr(pa, "jemalloc_memory_pool", lambda: "pool")
    monkeypatch.setattr(pa, "set_memory_pool", told.append)
    monkeypatch.setattr(pa, "jemalloc_set_decay_ms", told.append)

    memory.economise()

    assert ["pool", memory.SOON] == told
