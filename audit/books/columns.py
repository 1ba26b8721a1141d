"""Whole columns looked up and marked at once by Arrow and NumPy, without an object a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import numpy.typing as npt
    import pandas as pd
    import pyarrow as pa

JOINT = "\x1f"
"""Stands between the parts of a key; no cell that was read holds it."""


def text(cells: pd.Series[str]) -> pa.Array:
    """Cells as one Arrow array."""
    from audit.normalise.raw import arrow

    return arrow(cells)


def matching(cells: pd.Series[str], pattern: str) -> pd.Series[bool]:
    """Which cells RE2 finds a pattern in; a missing one never."""
    import pyarrow.compute as pc

    return _mask(pc.match_substring_regex(text(cells), pattern), cells.index)


def repeating(cells: pd.Series[str], pattern: str) -> pd.Series[bool]:
    """Which cells RE2 finds a pattern in, in any case; each different cell is read once."""
    import pyarrow.compute as pc

    distinct = text(cells).dictionary_encode()
    found = pc.match_substring_regex(distinct.dictionary, pattern, ignore_case=True)
    return _mask(found.take(distinct.indices), cells.index)


def decimal(cells: pd.Series[str]) -> pd.Series[bool]:
    """Which cells are digits alone; a missing one is not."""
    import pyarrow.compute as pc

    return _mask(pc.ascii_is_decimal(text(cells)), cells.index)


def signs(cells: pd.Series[str], length: int) -> npt.NDArray[np.uint8]:
    """The signs of cells that are all of one length, in ASCII: shape (cells, length)."""
    import numpy as np
    import pyarrow as pa

    return np.frombuffer(text(cells).cast(pa.binary(length)).buffers()[1], dtype="uint8").reshape(-1, length)


def renamed(cells: pd.Series[str], name: Callable[[str], str | None]) -> pd.Series[str]:
    """The name that each cell stands for, missing where it has none; each different cell is asked for once."""
    import pandas as pd
    import pyarrow as pa

    distinct = text(cells).dictionary_encode()
    meant = pa.array([name(cell) for cell in distinct.dictionary.to_pylist()], pa.large_string())
    return pd.Series(meant.take(distinct.indices), index=cells.index, dtype="str")


def coded(cells: pd.Series[str]) -> pd.Series[str]:
    """Cells as categories, in their order of appearance: each different text is held once."""
    import pandas as pd
    import pyarrow.compute as pc

    distinct = text(cells).dictionary_encode()
    codes = pc.fill_null(distinct.indices, -1).to_numpy(zero_copy_only=False)
    texts = pd.Index(distinct.dictionary.to_pylist(), dtype="str")
    return pd.Series(pd.Categorical.from_codes(codes, texts), index=cells.index, name=cells.name)


def first_told(one: pd.Series[str], other: pd.Series[str]) -> pd.Series[str]:
    """Two columns of categories in one: the other's cells where the first has none."""
    import pandas as pd

    texts = one.cat.categories.union(other.cat.categories, sort=False)
    first, second = (pd.Series(cells.array.set_categories(texts), index=one.index) for cells in (one, other))
    return first.where(first.notna(), second)


def spelt_out(rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows, their categories as text."""
    repeating = rows.columns[[dtype == "category" for dtype in rows.dtypes]]
    return rows.astype(dict.fromkeys(repeating, "str"))


def among(cells: pd.Series[str], known: pd.Series[str]) -> pd.Series[bool]:
    """Which cells stand among some others; a missing one never does."""
    import pyarrow.compute as pc

    asked, others = text(cells), text(known.dropna())
    if len(asked) < len(others):  # a table of all others takes far more time and memory than one of the cells
        others = others.filter(pc.is_in(others, value_set=asked))
    return _mask(pc.is_in(asked, value_set=others, skip_nulls=True), cells.index)


def standing_twice(cells: pd.Series[str]) -> pd.Series[bool]:
    """Which cells stand more than once; texts are compared only where their hashes are the same."""
    import pandas as pd

    from audit.ledger.hashing import row_hashes

    twice = pd.Series(row_hashes(cells.to_frame()), index=cells.index).duplicated(keep=False)
    return twice.mask(twice, cells[twice].duplicated(keep=False))


def _mask(found: pa.Array, index: pd.Index) -> pd.Series[bool]:
    import pandas as pd
    import pyarrow.compute as pc

    return pd.Series(pc.fill_null(found, False).to_numpy(zero_copy_only=False), index=index)


def places(rows: pd.DataFrame, keyed: pd.DataFrame, by: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Where each row's key first stands in another table, -1 where it does not; a key with a missing part stands nowhere."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted, known = (
        pc.binary_join_element_wise(*(text(table[name]) for name in by), pa.scalar(JOINT, pa.large_string())) for table in (rows, keyed)
    )
    found = pc.index_in(wanted, value_set=known, skip_nulls=True)
    return np.asarray(pc.fill_null(found, -1).to_numpy(zero_copy_only=False), dtype="int64")


def held(mask: pd.Series[bool], index: pd.Index) -> pd.Series[bool]:
    """A mask over some rows of a table as one over all of them; their index counts from 0."""
    return marked(mask.index[mask], index)


def placed(values: pd.Series[bool] | npt.NDArray[np.bool_], places: npt.NDArray[np.int64], index: pd.Index) -> pd.Series[bool]:
    """A mask over the rows at some places as one over all rows."""
    import numpy as np
    import pandas as pd

    mask = np.zeros(len(index), dtype=bool)
    mask[places] = values
    return pd.Series(mask, index=index)


def marked(labels: Any, index: pd.Index) -> pd.Series[bool]:
    """Which rows of a table some labels name; its index counts from 0, and labels beyond it name none."""
    import numpy as np
    import pandas as pd

    mask = np.zeros(len(index), dtype=bool)
    named = np.asarray(labels, dtype="int64")
    mask[named[(named >= 0) & (named < len(index))]] = True
    return pd.Series(mask, index=index)
