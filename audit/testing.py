"""Builders for tests of rules, ours and a user's: a few rows as text in, findings out; and workbooks out of bare XML."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from audit import ingest
from audit.admission import objection
from audit.books.books import Books
from audit.config import Config
from audit.findings import Judged
from audit.findings import judge as judge_rules
from audit.rules import RULES

if TYPE_CHECKING:
    from audit.rule import Rule

Row = Mapping[str, str]

AS_OF = "2026-11-23T06:00"
"""The instant that tests judge from unless they say otherwise: a Monday morning in Paris, winter time."""

ORDER: Row = {"purchase_id": "900001", "item_id": "1001", "ordered_at": "2026-11-20 10:00", "unit_price": "50.00"}
"""A row of orders that no rule finds fault with; tests add what they are about."""


def order(**cells: str) -> dict[str, str]:
    """A row of orders: ORDER with these cells."""
    return {**ORDER, **cells}


def shipment(**cells: str) -> dict[str, str]:
    """A row of shipments for the item of ORDER, with these cells."""
    return {"purchase_id": ORDER["purchase_id"], "item_id": ORDER["item_id"], **cells}


def claim(**cells: str) -> dict[str, str]:
    """A row of claims on the item of ORDER: opened an hour before AS_OF, damaged; with these cells."""
    own = {"claim_id": "C1", "opened_at": "2026-11-23 05:00", "claim_type": "damaged", "claim_status": "open"}
    return {"purchase_id": ORDER["purchase_id"], "item_id": ORDER["item_id"], **own, **cells}


def refund(**cells: str) -> dict[str, str]:
    """A row of refunds on the item of ORDER: 10.00 EUR by rebate on the day before AS_OF; with these cells."""
    own = {"refund_id": "R1", "refunded_at": "2026-11-22 12:00", "amount": "10.00", "channel": "platform_rebate"}
    return {"purchase_id": ORDER["purchase_id"], "item_id": ORDER["item_id"], **own, **cells}


def message(sender: str, recipient: str, sent_at: str, body: str, **cells: str) -> dict[str, str]:
    """A row of messages about the item of ORDER; numbered by when it was sent unless a message_id is given."""
    own = {"message_id": f"M{sent_at}{sender}", "sent_at": sent_at, "sender": sender, "recipient": recipient, "body": body}
    return {"purchase_id": ORDER["purchase_id"], "item_id": ORDER["item_id"], **own, **cells}


def books(*, as_of: str = AS_OF, config: Config | None = None, **tables: Sequence[Row]) -> Books:
    """The books over some rows of text, read and proved as files are."""
    config = config or Config()
    moment = _moment(as_of, config.zone)
    frames = {name: pd.DataFrame([dict(row) for row in rows], dtype="str") for name, rows in tables.items()}
    ingested = ingest.from_frames(frames, zone=config.zone, as_of=moment)
    return Books(tables=ingested.tables, config=config, as_of=pd.Timestamp(moment).tz_convert("UTC").as_unit("us"))


def judge(*, as_of: str = AS_OF, config: Config | None = None, rules: Sequence[Rule] = RULES, **tables: Sequence[Row]) -> Judged:
    """What the rules say about some rows of text."""
    return judge_rules(rules, books(as_of=as_of, config=config, **tables))


def findings(rule: str | Rule, *, among: Sequence[Rule] = RULES, **given: Any) -> list[dict[str, Any]]:
    """The findings of one rule about some rows of text, each as a dict, missing values as None.

    ``rule``: the code of one of ours, or a rule of your own; ``among``: where the rules that it looks at are found.
    Raises ValueError for a rule that no audit would take in.
    """
    rules = needed(rule, among)
    code, table = rules[-1].code, judge(rules=rules, **given).findings
    return [
        {name: None if pd.isna(value) else value for name, value in row.items()} for row in table[table["rule"] == code].to_dict("records")
    ]


def needed(rule: str | Rule, among: Sequence[Rule] = RULES) -> list[Rule]:
    """A rule and all those that it looks at."""
    if isinstance(rule, str):
        rule = next(other for other in among if other.code == rule)
    elif reason := objection(rule, [other for other in among if other is not rule]):
        raise ValueError(f"{rule.code}: {reason}")
    return [*(other for before in rule.after for other in needed(before, among)), rule]


def codes(**given: Any) -> list[str]:
    """The codes of all findings about some rows of text, in alphabetical order."""
    return sorted(judge(**given).findings["rule"])


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def make_package(
    sheets: Mapping[str, str],
    *,
    strings: str | None = None,
    formats: Sequence[str] | None = (),
    parts: Sequence[str] = (),
    namespace: str = SPREADSHEET,
    prefix: str = "",
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """A workbook out of the XML of its sheets' rows; style 1 is a date, then come ``formats`` (None: no styles at all).

    ``parts``: where the sheets' parts are said to be. ``extra``: members that are added, or put in place of others.
    """
    targets = list(parts) or [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    tabs = "".join(f'<sheet name="{title}" sheetId="{n}" r:id="r{n}"/>' for n, title in enumerate(sheets, start=1))
    bodies = [("workbook", "workbook", "workbook.xml", f"<sheets>{tabs}</sheets>")]
    bodies += [
        ("worksheet", "worksheet", target, f"<sheetData>{rows}</sheetData>") for target, rows in zip(targets, sheets.values(), strict=True)
    ]
    bodies += [("styles", "styleSheet", "styles.xml", _styles(formats))] if formats is not None else []
    bodies += [("sharedStrings", "sst", "sharedStrings.xml", strings)] if strings is not None else []
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": _relationships([("officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": _relationships([(kind, target) for kind, _, target, _ in bodies[1:]]),
    }
    members |= {_inside(target): _element(name, inside, namespace, prefix) for _, name, target, inside in bodies}
    members |= extra or {}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return buffer.getvalue()


def _styles(formats: Sequence[str]) -> str:
    codes = [code.replace("&", "&amp;").replace('"', "&quot;") for code in formats]
    told = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in enumerate(codes, start=200))
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 22, *range(200, 200 + len(codes))))
    return f"<numFmts>{told}</numFmts><cellXfs>{styles}</cellXfs>"


def _relationships(links: Sequence[tuple[str, str]]) -> str:
    told = "".join(f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(links, start=1))
    return f'<Relationships xmlns="{PACKAGE}/relationships">{told}</Relationships>'


def _element(name: str, inside: str, namespace: str, prefix: str) -> str:
    """A part's XML; with a prefix every element's name has it."""
    bound = f"xmlns:{prefix.rstrip(':')}" if prefix else "xmlns"
    inside = re.sub(r"<(/?)(\w)", rf"<\1{prefix}\2", inside)
    return f'<{prefix}{name} {bound}="{namespace}" xmlns:r="{OFFICE}">{inside}</{prefix}{name}>'


def _inside(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _moment(text: str, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
