"""Every table that the audit knows, in the order in which they are offered and shown."""

from schemas.authorisations import AUTHORISATIONS
from schemas.claims import CLAIMS
from schemas.listings import LISTINGS
from schemas.messages import MESSAGES
from schemas.orders import ORDERS
from schemas.refunds import REFUNDS
from schemas.shipments import SHIPMENTS
from schemas.table import Table
from schemas.text import VALUE, marked

TABLES: dict[str, Table] = {table.name: table for table in (ORDERS, SHIPMENTS, CLAIMS, REFUNDS, MESSAGES, LISTINGS, AUTHORISATIONS)}

NAMES = (
    marked("orders", context=VALUE), marked("shipments", context=VALUE), marked("claims", context=VALUE), marked("refunds", context=VALUE),
    marked("messages", context=VALUE), marked("listings", context=VALUE), marked("authorisations", context=VALUE),
)  # fmt: skip
"""What sentences call the tables, in their order."""
