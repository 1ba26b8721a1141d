"""The ways in which a run can be carried out; the findings are the same."""

from __future__ import annotations

AUTO, MEMORY, BUCKETED, SPARK = ENGINES = ("auto", "memory", "buckets", "spark")
"""``auto`` is in memory, or in buckets on disk where that would take more than is allowed."""
