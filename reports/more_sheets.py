"""The sheets behind the findings: brands, quarantine, rules, glossary and the run itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reports import style, words
from reports.book import Book, number, text
from reports.sheets import Placed, colour_words, local, open_sheet, place_table
from schemas.findings import FAMILIES
from schemas.reasons import REASONS
from schemas.text import say_json

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from schemas.outcome import Outcome

FOUND_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "Found": {"bold": True},
    "Not run": {"italic": True, "font_color": style.MUTED},
    "Failed": {"bg_color": style.CRITICAL, "font_color": style.WHITE, "bold": True},
}

BRAND_FIELDS = (
    text("Brand", 22, bold=True), number("Orders", 10, "0"), number("Listings", 10, "0"), text("Rules", 26, wraps=True), text("Authorisation", 16),
    number("Valid to", 14, style.DAY), number("Sales, EUR", 12, style.MONEY), number("Stock, EUR", 12, style.MONEY), number("20 % fine, EUR", 14, style.MONEY),
)  # fmt: skip
AUTHORISATION_FIELDS = (
    text("Brand", 22, bold=True), text("Document", 10, wraps=True), number("From", 10, style.DAY), number("To", 26, style.DAY), text("State", 16),
)  # fmt: skip


def write_brands(book: Book, outcome: Outcome) -> None:
    """Watchlist brands met, the fine worked out, and the authorisations on file."""
    sentence = "Watchlist brands met in orders and stock, what the counterfeit fine would be, and the authorisations on file. A brand that looks wrong here may be right: the rules say likely or possible."
    sheet = open_sheet(book, outcome, "Brands", sentence, BRAND_FIELDS, printed=len(BRAND_FIELDS))
    rows = [
        [
            row.brand, row.orders, row.listings, row.rules, words.AUTHORISED.get(row.authorised, row.authorised), local(outcome, row.valid_to),
            row.sales / 100, row.stock / 100, row.fine / 100,
        ]
        for row in outcome.brands.itertuples()
    ]  # fmt: skip
    placed = place_table(book, sheet, "Brands", BRAND_FIELDS, rows)
    row = _fine_lines(book, sheet, outcome, placed.last + 2)
    papers = [
        [row.brand, row.document, local(outcome, row.valid_from), local(outcome, row.valid_to), words.AUTHORISED.get(row.state, row.state)]
        for row in outcome.authorisations.itertuples()
    ]
    book.write(sheet, row, 0, "Authorisations on file", book.format(style.HEADING))
    place_table(book, sheet, "Authorisations", AUTHORISATION_FIELDS, papers, top=row + 1, freeze=0, filters=False)
    sheet.print_area(0, 0, row + 2 + max(1, len(papers)), len(BRAND_FIELDS) - 1)


def _fine_lines(book: Book, sheet: Worksheet, outcome: Outcome, row: int) -> int:
    money = outcome.exposure
    lines = (
        ("Fixed part, once a shop", money.fine_fixed),
        ("20 % of such sales and stock", money.fine),
        ("Counterfeit fine, EUR, before VAT", money.fine_fixed + money.fine),
    )
    for offset, (label, cents) in enumerate(lines):
        last = offset == len(lines) - 1
        book.write(sheet, row + offset, 0, label, book.format({"bold": last}))
        book.write(sheet, row + offset, 8, cents / 100, book.format({"bold": last, "num_format": style.MONEY}))
    return row + len(lines) + 1


QUARANTINE_FIELDS = (
    text("File", 26, wraps=True), number("Row", 8, "0"), text("Column", 20, wraps=True), text("What stands there", 28, wraps=True),
    text("Why it was refused", 46, wraps=True), text("Type instead", 44, wraps=True), text("File to repair", 40, wraps=True),
)  # fmt: skip


def write_quarantine(book: Book, outcome: Outcome) -> None:
    """One line for each reason why a row was refused."""
    sums = outcome.inputs[["rows", "accepted", "quarantined", "duplicates", "blank"]].sum()
    sentence = (
        f"{sums['rows']:,} rows read: {sums['accepted']:,} accepted, {sums['quarantined']:,} refused, {sums['duplicates']:,} duplicates, {sums['blank']:,} blank. "
        "Refused rows were not audited: correct them in the file to repair, and feed it in beside the export."
    )
    sheet = open_sheet(book, outcome, "Quarantine", sentence, QUARANTINE_FIELDS, printed=len(QUARANTINE_FIELDS))
    rows = [
        [
            f"{row.file} [{row.sheet}]" if row.sheet else row.file, row.row, row.column, row.value, say_json(REASONS[row.reason].wrong, row.facts),
            say_json(REASONS[row.reason].remedy, row.facts), row.repair_file,
        ]
        for row in outcome.quarantine.head(outcome.run.max_rows).itertuples()
    ]  # fmt: skip
    place_table(book, sheet, "Quarantine", QUARANTINE_FIELDS, rows, freeze=2)


RULE_FIELDS = (
    text("Rule", 9, bold=True), text("Family", 18, wraps=True), text("Name", 36, wraps=True), text("State", 10), number("Findings", 9, "0"),
    number("Not judged", 9, "0"), text("Why not run", 26, wraps=True), text("Severity", 10, align="center"), text("Standing", 12, align="center"), text("Limits", 44, wraps=True),
    text("Source", 44, wraps=True),
)  # fmt: skip


def write_rules(book: Book, outcome: Outcome, blocks: Mapping[tuple[str, str], tuple[int, int]]) -> Mapping[str, int]:
    """Every rule and what it did; the row of each, from 0."""
    sentence = "Every rule, what it did tonight, its limits and where it comes from. An asterisk marks a limit changed in your settings."
    sheet = open_sheet(book, outcome, "Rules", sentence, RULE_FIELDS, printed=len(RULE_FIELDS))
    limits = {row.name: _limit(row) for row in outcome.parameters.itertuples(index=False)}
    titles = {family.code: family.title for family in FAMILIES}
    rows = [_rule(row, limits, titles) for row in outcome.rules.itertuples()]
    placed = place_table(book, sheet, "Rules", RULE_FIELDS, rows)
    colour_words(book, sheet, 3, placed, FOUND_LOOKS)
    colour_words(book, sheet, 8, placed, style.STANDING)
    for offset, row in enumerate(outcome.rules.itertuples(), start=placed.first):
        if block := blocks.get(("rule", row.code)):
            book.link(
                sheet,
                offset,
                4,
                f"'Findings'!A{block[0] + 1}:S{block[1] + 1}",
                int(outcome.rules.at[row.Index, "count"]),
                book.format(RULE_FIELDS[4].form, font_color=style.LINK, underline=1),
            )
    return {row.code: offset for offset, row in enumerate(outcome.rules.itertuples(), start=placed.first)}


def _limit(row: Any) -> str:
    value = row.value if len(row.value) <= 60 else row.value[:60] + "..."  # noqa: PLR2004 - what a cell shows of a long list
    return f"{row.name} = {value} {row.unit}{' *' if row.overridden else ''}"


def _rule(row: Any, limits: Mapping[str, str], titles: Mapping[str, str]) -> list[Any]:
    names = [name for name in (row.parameters or "").split(", ") if name in limits] if isinstance(row.parameters, str) else []
    reason = say_json(row.reason, row.reason_facts) if isinstance(row.reason, str) else None
    return [
        row.code, titles.get(row.family, row.family), row.title, words.STATUS[row.status], row[row._fields.index("status") + 1] or None, row.not_judged or None,
        reason, words.SEVERITY.get(row.severity), words.STANDING.get(row.standing), "\n".join(limits[name] for name in names) or None, row.source,
    ]  # fmt: skip


GLOSSARY_FIELDS = (
    text("French", 26, bold=True, wraps=True), text("English", 46, wraps=True), text("中文", 32, wraps=True), text("Mind", 56, wraps=True),
)  # fmt: skip


def write_glossary(book: Book, outcome: Outcome) -> None:
    """The platform's words."""
    sheet = open_sheet(book, outcome, "Glossary", words.GLOSSARY_TRAPS, GLOSSARY_FIELDS, printed=len(GLOSSARY_FIELDS))
    place_table(book, sheet, "Glossary", GLOSSARY_FIELDS, [list(entry) for entry in words.GLOSSARY])


FILE_FIELDS = (
    text("File", 34, wraps=True), text("Table", 24, wraps=True), number("Rows", 12, "0"), number("Accepted", 12, "0"), number("Refused", 12, "0"),
    number("Duplicates", 12, "0"), number("Blank", 10, "0"), text("SHA-256", 66, font_size=8),
)  # fmt: skip
CHANGED_FIELDS = (
    text("Parameter", 34),
    text("Default", 24, wraps=True),
    text("Now", 12, wraps=True),
    text("Unit", 12),
    text("Whose word", 12),
)
ASSUMPTION_FIELDS = (text("Assumption", 34),)


def write_run(book: Book, outcome: Outcome) -> None:
    """What was read, by which program, with which settings."""
    run = outcome.run
    sentence = "What was read, by which program, with which settings: enough to repeat this audit."
    sheet = open_sheet(book, outcome, "Run", sentence, FILE_FIELDS, printed=len(FILE_FIELDS))
    facts = (
        ("As of", f"{run.as_of:%Y-%m-%d %H:%M} {run.zone}, from the {run.as_of_source}"),
        ("Program", f"order-audit {run.version}"),
        ("Run", run.run_id),
        ("Settings", run.config_file.replace("\\", "/").rpartition("/")[2] or "defaults"),
        ("Exit code", str(run.exit_code)),
        ("Unknown amounts", str(outcome.exposure.blanks)),
        ("Only possible, EUR", f"{outcome.exposure.possible / 100:,.2f}"),
    )
    for offset, (label, value) in enumerate(facts, start=2):
        book.write(sheet, offset, 0, label, book.format({"font_color": style.MUTED}))
        book.write(sheet, offset, 1, value, book.format({}))
    files = [
        [
            f"{row.file} [{row.sheet}]" if row.sheet else row.file,
            row.table,
            row.rows,
            row.accepted,
            row.quarantined,
            row.duplicates,
            row.blank,
            row.sha256,
        ]
        for row in outcome.inputs.itertuples()
    ]
    placed = place_table(book, sheet, "Files", FILE_FIELDS, files, top=len(facts) + 3, freeze=0, filters=False)
    changed = [
        [row.name, row.default, row.value, row.unit, words.STANDING[row.standing]]
        for row in outcome.parameters[outcome.parameters["overridden"]].itertuples(index=False)
    ]
    placed = _block(book, sheet, "Changed", "Limits changed in your settings", CHANGED_FIELDS, changed, placed, "None is changed.")
    assumptions = [[str(message)] for message in (*run.warnings, *run.assumptions)]
    placed = _block(book, sheet, "Assumptions", "What the figures take for granted", ASSUMPTION_FIELDS, assumptions, placed, words.NOTHING)
    sheet.print_area(0, 0, placed.last, len(FILE_FIELDS) - 1)


def _block(book: Book, sheet: Worksheet, name: str, heading: str, fields: Any, rows: list[list[Any]], above: Placed, empty: str) -> Placed:
    book.write(sheet, above.last + 2, 0, heading, book.format(style.HEADING))
    return place_table(book, sheet, name, fields, rows, top=above.last + 3, freeze=0, filters=False, empty=empty)
