"""Tables without a row, for the joins of a night on which a file is missing."""

from __future__ import annotations

import pandas as pd

from schemas.table import DTYPES, Table


def blank(table: Table) -> pd.DataFrame:
    """The typed table with no row: shape (0, typed columns + source)."""
    kinds = {column.name: DTYPES[column.kind] for column in table.columns}
    dtypes = {name: kinds.get(name, "int32") for name in table.typed_columns}
    frame = pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()})
    return frame.assign(source_file=pd.Series(dtype="str"), source_row=pd.Series(dtype="Int64"))
