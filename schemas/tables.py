"""Every table that the audit knows, in the order in which they are offered and shown."""

from schemas.authorisations import AUTHORISATIONS
from schemas.claims import CLAIMS
from schemas.listings import LISTINGS
from schemas.messages import MESSAGES
from schemas.orders import ORDERS
from schemas.refunds import REFUNDS
from schemas.shipments import SHIPMENTS
from schemas.table import Table

TABLES: dict[str, Table] = {table.name: table for table in (ORDERS, SHIPMENTS, CLAIMS, REFUNDS, MESSAGES, LISTINGS, AUTHORISATIONS)}
