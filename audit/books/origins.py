"""Where parcels leave from, as far as it is told: what hangs on an origin that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.books.whole import Origins
from audit.limits import REGISTERED_ABOVE_EU, REGISTERED_ABOVE_OUTSIDE

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books


def undecided(books: Books) -> pd.Series[bool]:
    """Sendings that would need a signed mode if they came from outside the EU, and of which nobody says where they came from."""
    sendings, limits = books.sendings, books.limits
    price = sendings["unit_price"]
    between = (price > limits.cents(REGISTERED_ABOVE_OUTSIDE)) & (price <= limits.cents(REGISTERED_ABOVE_EU))
    unsigned = sendings["posted"] & sendings["mode_used"].notna() & ~sendings["signed"]
    return books.of_item("live") & books.of_item("eur") & sendings["origin"].isna() & between & unsigned


def origins(books: Books) -> Origins:
    """Whether any origin is known, and how many items hang on one that is not."""
    items = books.items.loc[books.sendings.loc[undecided(books), "item"].unique()]
    return Origins(bool(books.sendings["origin"].notna().any()), len(items), items["ordered_at"].min())
