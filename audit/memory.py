"""Memory that is free but still held, given back to the system between stages."""

from __future__ import annotations

import ctypes
import gc

SOON = 100
"""Milliseconds for which Arrow keeps memory that is free, in case that it is needed again."""


def economise() -> None:
    """Have Arrow give memory back soon after use, where it was built with a pool that can: on Linux, mostly."""
    import pyarrow as pa

    try:
        pa.set_memory_pool(pa.jemalloc_memory_pool())
    except NotImplementedError:
        return
    pa.jemalloc_set_decay_ms(SOON)


def give_back() -> None:
    """Give back what Arrow and the C library keep of tables that are gone; where the C library is none of GNU's, what Arrow keeps.

    Threads that read pieces leave free places scattered over the heap, which the next stage's large columns do not fit into.
    """
    import pyarrow as pa

    pa.default_memory_pool().release_unused()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):  # another C library; Windows
        return


def release() -> None:
    """Give back what books took that nobody asks any more: they hold one another, and nothing else calls for their end."""
    gc.collect()
    give_back()
