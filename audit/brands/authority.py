"""Which brands the shop may sell, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.brands.folding import key

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import pandas as pd

    from audit.books.books import Books
    from audit.books.clock import Moments


def validities(books: Books) -> pd.DataFrame:
    """The authorisations on file, with index and source as there.

    ``brand``: of the watchlist, else as first written. ``document``, ``valid_from``, ``valid_to``: as written.
    ``begins``, ``ends``: the first instant of validity and the first after it, missing where open.
    """
    on_file = books.authorisations
    if on_file is None:
        return _none()
    written = on_file["brand"].str.strip()
    first_written = written.groupby(written.map(key)).transform("first")
    table = on_file[["document", "valid_from", "valid_to", "source_file", "source_row"]].copy()
    table.insert(0, "brand", books.watchlist.brand_of(written).fillna(first_written))
    table["begins"] = table["valid_from"]
    table["ends"] = day_after(table["valid_to"], books.config.zone)
    return table


def _none() -> pd.DataFrame:
    import pandas as pd

    words, times = ("brand", "document", "source_file"), ("valid_from", "valid_to", "begins", "ends")
    dtypes = dict.fromkeys(words, "str") | dict.fromkeys(times, "datetime64[us, UTC]") | {"source_row": "Int64"}
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()})


def day_after(instants: pd.Series[pd.Timestamp], zone: ZoneInfo) -> pd.Series[pd.Timestamp]:
    """The end of each instant's day in shop time: an authorisation still holds on its last day."""
    import pandas as pd

    midnight = _days(instants, zone) + pd.Timedelta(days=1)
    return midnight.dt.tz_localize(zone, ambiguous=True, nonexistent="shift_forward").dt.tz_convert("UTC")


def _days(instants: pd.Series[pd.Timestamp], zone: ZoneInfo) -> pd.Series[pd.Timestamp]:
    return instants.dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()


def judged(met: pd.DataFrame, when: Moments, valid: pd.DataFrame) -> pd.DataFrame:
    """The met brands (``row``, ``brand``, ...) with ``covered``, ``on_file``, and the validity nearest to their row's time.

    A time that is open for a day is read kindly: one covered moment of it is enough.
    """
    pairs = met[["row", "brand"]].reset_index(names="met").merge(valid, on="brand")
    at, latest = when.at.loc[pairs["row"]].array, when.latest.loc[pairs["row"]].array
    over, early = pairs["ends"] <= at, (pairs["begins"] > at) & (pairs["begins"] >= latest)
    pairs["distance"] = (at - pairs["ends"]).where(over, pairs["begins"] - latest)
    nearest = pairs.sort_values("distance", kind="stable").drop_duplicates("met").set_index("met")
    return met.assign(
        covered=met.index.isin(pairs.loc[~over & ~early, "met"]),
        on_file=met.index.isin(pairs["met"]),
        valid_from=nearest["valid_from"].reindex(met.index),
        valid_to=nearest["valid_to"].reindex(met.index),
    )


def continued(valid: pd.DataFrame) -> pd.Series[bool]:
    """Which authorisations another of the same brand takes over from without a gap, or outlives."""
    import pandas as pd

    ending = valid[["brand", "ends"]].reset_index(names="ending")
    pairs = ending.merge(valid[["brand", "begins", "ends"]], on="brand", suffixes=("", "_next"))
    begun = pairs["begins"].isna() | (pairs["begins"] <= pairs["ends"])
    outlives = pairs["ends_next"].isna() | (pairs["ends_next"] > pairs["ends"])
    return pd.Series(valid.index.isin(pairs.loc[begun & outlives, "ending"]), index=valid.index)


def days_left(valid: pd.DataFrame, books: Books) -> pd.Series[int]:
    """Days in shop time from as-of to each authorisation's last day: 0 on that day, missing where it is open."""
    today = books.as_of.tz_convert(books.config.zone).tz_localize(None).normalize()
    return (_days(valid["valid_to"], books.config.zone) - today).dt.days


def ending_soon(valid: pd.DataFrame, books: Books, notice: int) -> pd.Series[bool]:
    """Which authorisations end within ``notice`` days of as-of and are not continued."""
    return days_left(valid, books).between(0, notice) & ~continued(valid)


def states(valid: pd.DataFrame, books: Books, notice: int) -> pd.Series[str]:
    """Each authorisation at as-of: valid, ending, ended or future."""
    import pandas as pd

    words = pd.Series("valid", index=valid.index, dtype="str")
    words = words.mask(ending_soon(valid, books, notice), "ending").mask(valid["begins"] > books.as_of, "future")
    return words.mask(valid["ends"] <= books.as_of, "ended")
