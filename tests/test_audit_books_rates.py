"""The shop's rates: what counts in them, and how much more each limit bears."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.books.rates import Rate, room_above, room_below, table
from audit.config import Config
from audit.testing import books, claim, order


def sales(count, *, first=0, **cells):
    """Some items of distinct purchases, confirmed unless the cells say otherwise."""
    own = {"status": "confirmed", "confirmed_at": "2026-11-20 12:00", "cancelled_by": "", "cancelled_at": ""} | cells
    return [order(purchase_id=f"9{place:05}", item_id=f"{place}", **own) for place in range(first, first + count)]


CONFIRMED = sales(10)
WAITING = {"status": "to_confirm", "confirmed_at": ""}
CANCELLED = {"status": "cancelled", "confirmed_at": ""}


@pytest.mark.parametrize(
    ("cells", "confirmation", "cancellation", "unanswered"),
    [
        ({}, (11, 11), (0, 11, 0), 0),
        (WAITING | {"ordered_at": "2026-11-20 06:00:00"}, (10, 10), (0, 11, 0), 0),
        (WAITING | {"ordered_at": "2026-11-20 05:59:59"}, (10, 11), (0, 11, 0), 1),
        ({"status": "refused", "confirmed_at": ""}, (10, 11), (0, 11, 0), 0),
        (CANCELLED | {"cancelled_by": "platform"}, (10, 11), (1, 11, 0), 1),
        (CANCELLED | {"cancelled_by": "platform", "confirmed_at": "2026-11-20 12:00"}, (11, 11), (0, 11, 0), 0),
        (CANCELLED | {"cancelled_by": "seller"}, (10, 10), (1, 11, 0), 0),
        (CANCELLED | {"cancelled_by": "seller", "confirmed_at": "2026-11-20 12:00"}, (11, 11), (1, 11, 0), 0),
        (CANCELLED | {"cancelled_by": "buyer"}, (10, 10), (0, 11, 0), 0),
        (CANCELLED | {"cancelled_by": "buyer", "confirmed_at": "2026-11-20 12:00"}, (10, 10), (0, 11, 0), 0),
        (CANCELLED, (10, 10), (0, 10, 1), 0),
        ({"ordered_at": "2026-10-24 07:00:00"}, (11, 11), (0, 11, 0), 0),
        ({"ordered_at": "2026-10-24 06:59:59"}, (10, 10), (0, 10, 0), 0),
        ({"ordered_at": "2026-11-23 06:00:00"}, (11, 11), (0, 11, 0), 0),
        ({"ordered_at": "2026-11-23 06:00:01"}, (10, 10), (0, 10, 0), 0),
        (WAITING | {"ordered_at": "2026-11-10 10:00", "is_preorder": "yes"}, (10, 10), (0, 11, 0), 0),
    ],
)
def test_each_sale_counts_where_it_should(cells, confirmation, cancellation, unanswered):
    """One sale beside ten confirmed ones: in the confirmation rate, in the cancellation rate, among the unanswered."""
    found = books(orders=[*CONFIRMED, *sales(1, first=10, **{"is_preorder": ""} | cells)]).rates

    assert confirmation == found.confirmation[:2]
    assert cancellation == found.cancellation
    assert unanswered == found.unanswered


def test_an_unknown_confirmation_never_convicts():
    """Where the orders do not tell confirmations, what the platform cancelled is left out and counted."""
    rows = [
        {name: cell for name, cell in row.items() if name != "confirmed_at"}
        for row in [*CONFIRMED, *sales(1, first=10, **CANCELLED | {"cancelled_by": "platform"})]
    ]
    found = books(orders=rows).rates

    assert ((10, 10, 0), (0, 10, 1), 0) == (found.confirmation, found.cancellation, found.unanswered)


def test_the_claim_rate_leaves_withdrawn_claims_out():
    """Claims on the period's items that stand, over its items; without claims there is no such rate."""
    first, second = CONFIRMED[:2]
    ids = [{"purchase_id": row["purchase_id"], "item_id": row["item_id"]} for row in (first, second)]
    claims = [
        claim(claim_id="C1", **ids[0]),
        claim(claim_id="C2", claim_status="withdrawn", **ids[1]),
        claim(claim_id="C3", purchase_id="elsewhere"),
    ]

    assert (1, 10, 0) == books(orders=CONFIRMED, claims=claims).rates.claims
    assert books(orders=CONFIRMED).rates.claims is None


def test_the_table_says_na_below_ten_items():
    """Nine items have no rate and no room; ten have both."""
    few, enough = table(books(orders=CONFIRMED[:9])).set_index("name"), table(books(orders=CONFIRMED)).set_index("name")

    assert ["few", "few", "fine"] == list(few["state"])
    assert few.loc[["confirmation", "cancellation"], ["rate", "room"]].isna().all(axis=None)
    assert (1.0, 0, "close") == tuple(enough.loc["confirmation", ["rate", "room", "state"]])
    assert (0.0, 0, "close") == tuple(enough.loc["cancellation", ["rate", "room", "state"]])
    assert (0, 10, 1) == tuple(enough.loc["unanswered", ["part", "base", "room"]])


def test_the_table_shows_the_claim_rate_without_a_limit():
    """The claim rate has no published limit, so neither room nor judgement."""
    first = CONFIRMED[0]
    shown = (
        table(books(orders=CONFIRMED, claims=[claim(purchase_id=first["purchase_id"], item_id=first["item_id"])]))
        .set_index("name")
        .loc["claims"]
    )

    assert (1, 10, 0.1, "none") == (shown["part"], shown["base"], shown["rate"], shown["state"])
    assert shown[["limit", "room"]].isna().all()


@pytest.mark.parametrize(("part", "base", "room"), [(100, 100, 5), (96, 100, 1), (95, 99, 0), (96, 101, 0), (95, 100, -1), (0, 10, -11)])
def test_room_above(part, base, room):
    """Defects that a confirmation rate still bears: 100 of 100 bears five, for 100 of 106 is below 95 %."""
    assert room == room_above(Rate(part, base), 0.95)


@pytest.mark.parametrize(("part", "base", "room"), [(0, 100, 4), (4, 100, 0), (5, 100, -1), (0, 20, 0), (0, 21, 1), (0, 10, 0)])
def test_room_below(part, base, room):
    """Cancellations that a rate below 5 % still bears: four of a hundred."""
    assert room == room_below(Rate(part, base), 0.05)


@given(st.integers(10, 3000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_the_room_is_exactly_what_the_limit_bears(given_rate):
    """With so many more defects the rate is within its limit, and with one more it is not."""
    part, base = given_rate
    above, below = room_above(Rate(part, base), 0.95), room_below(Rate(part, base), 0.05)

    assert above < 0 or part * 100 > 95 * (base + above)
    assert above < -base or part * 100 <= 95 * (base + above + 1)
    assert below < 0 or (part + below) * 100 < 5 * base
    assert (part + below + 1) * 100 >= 5 * base


def test_a_limit_of_nothing_breaks_no_table():
    """A shop that sets the limit to 0 has all the room there is."""
    assert (
        "fine"
        == table(books(config=Config(limits={"least_confirmed": 0.0}), orders=CONFIRMED)).set_index("name").loc["confirmation", "state"]
    )
