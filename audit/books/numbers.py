"""The tracking numbers of all parcels, split where a cell holds several, and what each is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit import tracking
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
    cells = sendings.loc[sendings["tracking_number"].notna(), ["item", "tracking_number"]]
    text = cells["tracking_number"].str.strip()
    hollow = tracking.is_placeholder(text, limits[PLACEHOLDERS])
    several = text.str.contains(tracking.SEPARATORS, regex=True) & ~hollow
    split = text.astype(object).where(~several, text.str.split(tracking.SEPARATORS, regex=True))
    rows = cells[["item"]].assign(text=split).explode("text").reset_index(names="sending")
    rows["text"] = rows["text"].str.strip().astype("str")
    rows = rows[rows["text"] != ""].reset_index(drop=True)
    rows["number"] = tracking.bare(rows["text"])
    rows["placeholder"] = tracking.is_placeholder(rows["text"], limits[PLACEHOLDERS]) | _is_own_id(rows, items)
    chronopost = sendings["mode_used"].isin(CHRONOPOST_MODES) | sendings["carrier"].str.contains("chronopost", case=False).fillna(
        value=False
    )
    rows["chronopost"] = chronopost.loc[rows["sending"]].to_numpy()
    rows["malformed"] = ~rows["placeholder"] & _malformed(rows, limits)
    rows["valid"] = ~rows["placeholder"] & ~rows["malformed"]
    return rows


def _is_own_id(rows: pd.DataFrame, items: pd.DataFrame) -> pd.Series[bool]:
    ids = items.loc[rows["item"], ["purchase_id", "item_id"]].reset_index(drop=True)
    return (rows["number"] == tracking.bare(ids["purchase_id"])) | (rows["number"] == tracking.bare(ids["item_id"]))


def _malformed(rows: pd.DataFrame, limits: Limits) -> pd.Series[bool]:
    number, length = rows["number"], rows["number"].str.len()
    wrong_digit = tracking.is_s10_shaped(number) & ~tracking.s10_holds(number) & ~rows["chronopost"].astype(bool)
    outside = (length < limits[SHORTEST]) | (length > limits[LONGEST])
    strange = ~rows["text"].str.fullmatch(r"[A-Za-z0-9 \-]+") | ~number.str.contains(r"\d", regex=True)
    return wrong_digit | outside | strange
