"""The tracking numbers of all parcels, split where a cell holds several, and what each is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit import tracking
from audit.books.columns import decimal, held, matching
from audit.limits import AFFIRMATIVES, OTHER_CARRIERS, OWN_LABEL_MODES, PLACEHOLDERS, Limit
from audit.policy import HOUSE
from schemas.table import fold

if TYPE_CHECKING:
    import pandas as pd

    from audit.limits import Limits

SHORTEST = Limit("tracking_shortest", 6, "characters", HOUSE.clause("as carriers write them"), "fewest characters of a tracking number")
LONGEST = Limit("tracking_longest", 40, "characters", HOUSE.clause("as carriers write them"), "most characters of a tracking number")


CHRONOPOST_MODES = ("chronopost", "shop2shop")
"""Modes whose numbers may end in the letters of a country without being of S10."""

LONGEST_AFFIRMATIVE = max(len(word) for word in AFFIRMATIVES)


def real_cells(sendings: pd.DataFrame, limits: Limits) -> pd.Series[bool]:
    """Which sendings' cells hold a number rather than nothing or a placeholder."""
    cells = sendings["tracking_number"]
    return cells.notna() & ~tracking.is_placeholder(cells.fillna(""), limits[PLACEHOLDERS])


def real_carriers(sendings: pd.DataFrame, limits: Limits) -> pd.Series[bool]:
    """Which sendings name a carrier rather than nothing, a placeholder, or only that it is another."""
    names = sendings["carrier"]
    other = {fold(word) for word in limits[OTHER_CARRIERS]}
    hollow = names.isin([name for name in names.dropna().unique() if fold(name) in other])
    return names.notna() & ~hollow & ~tracking.is_placeholder(names.fillna(""), limits[PLACEHOLDERS])


def own_label(sendings: pd.DataFrame, limits: Limits) -> pd.Series[bool]:
    """Which sendings go under the platform's own label: yes in place of a number, on a mode that has such labels."""
    short = sendings["tracking_number"].where(sendings["tracking_number"].str.len() <= LONGEST_AFFIRMATIVE)
    words = [word for word in short.dropna().unique() if fold(word) in AFFIRMATIVES]
    return short.isin(words) & sendings["mode_used"].isin(limits[OWN_LABEL_MODES])


def build(sendings: pd.DataFrame, items: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """One row a number: sending, item, text as written, number bare, placeholder, malformed, valid.

    Cells without any have no row.
    """
    rows = _split(sendings, limits)
    odd = rows.loc[~tracking.is_plain(rows["text"]), "text"]
    rows["number"] = rows["text"]
    rows.loc[odd.index, "number"] = tracking.bare(odd)
    hollow = held(tracking.is_placeholder(odd, limits[PLACEHOLDERS]), rows.index)
    rows["placeholder"] = hollow | _is_own_id(rows, items)
    strange = ~odd.str.fullmatch(r"[A-Za-z0-9 \-]+") | ~odd.str.contains(r"\d", regex=True)
    malformed = held(strange, rows.index) | _wrong_length(rows["number"], limits) | _wrong_digit(rows, sendings)
    rows["malformed"] = ~rows["placeholder"] & malformed
    rows["valid"] = ~rows["placeholder"] & ~rows["malformed"]
    return rows


def _split(sendings: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """One row a number: sending, item, text; in the order of the sendings."""
    cells = sendings.loc[sendings["tracking_number"].notna(), ["item", "tracking_number"]]
    rows = cells[["item"]].assign(text=cells["tracking_number"].str.strip()).reset_index(names="sending")
    parted = rows[matching(rows["text"], tracking.SEPARATORS)]
    several = parted[~tracking.is_placeholder(parted["text"], limits[PLACEHOLDERS])]
    if len(several):
        import pandas as pd

        each = several.assign(text=several["text"].str.split(tracking.SEPARATORS, regex=True).astype(object)).explode("text")
        each["text"] = each["text"].str.strip().astype("str")
        rows = pd.concat([rows.drop(several.index), each]).sort_values("sending", kind="stable")
    return rows[rows["text"] != ""].reset_index(drop=True)


def _is_own_id(rows: pd.DataFrame, items: pd.DataFrame) -> pd.Series[bool]:
    own = rows["sending"] < 0
    for name in ("purchase_id", "item_id"):
        # Ids are digits alone in nearly all exports: then only such numbers can be one.
        alike = rows[decimal(rows["number"])] if decimal(items[name]).all() else rows
        ids = items[name].loc[alike["item"]].set_axis(alike.index)
        own |= held(alike["number"] == tracking.bare(ids), rows.index)
    return own


def _wrong_length(numbers: pd.Series[str], limits: Limits) -> pd.Series[bool]:
    length = numbers.str.len()
    return (length < limits[SHORTEST]) | (length > limits[LONGEST])


def _wrong_digit(rows: pd.DataFrame, sendings: pd.DataFrame) -> pd.Series[bool]:
    """Numbers of S10's shape with another check digit, Chronopost's aside."""
    wrong = rows[tracking.s10_fails(rows["number"])]
    of_wrong = sendings.loc[wrong["sending"], ["mode_used", "carrier"]].set_axis(wrong.index)
    chronopost = of_wrong["carrier"].str.contains("chronopost", case=False).fillna(value=False).astype(bool)
    return held(~of_wrong["mode_used"].isin(CHRONOPOST_MODES) & ~chronopost, rows.index)
