"""The Dashboard: the answer first, then figures, each beside its chart and linked to its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import figures, style, words
from reports.book import Book, done
from reports.cells import missing
from reports.charts import chart_of_deadlines, chart_of_families
from reports.page import ACTIONS_END, FINDINGS_END, LAST, LEFT, RIGHT, WIDTHS, Links, Page, Tables, block
from reports.tiles import write_tiles
from schemas.findings import Severity, Standing

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.worksheet import Worksheet

    from schemas.outcome import Outcome


BADGES = {"bad": "NOT ALL RIGHT", "mid": "LOOK AT THIS", "good": "NOTHING FOUND"}


def write(book: Book, sheet: Worksheet, outcome: Outcome, tables: Tables, links: Links) -> None:
    """Write the whole page."""
    page = Page(book, sheet)
    _set_up(page, outcome)
    _band(page, outcome, tables)
    write_tiles(page, outcome, tables, links)
    _severities(page, tables, links)
    _rates(page, outcome, links)
    families = figures.families(outcome, tables.told)
    _families(page, outcome, families)
    _costliest(page, tables, links)
    _deadlines(page, tables, links)
    _frequent(page, outcome, tables, links)


def _set_up(page: Page, outcome: Outcome) -> None:
    sheet = page.sheet
    for column, width in enumerate(WIDTHS):
        done(sheet.set_column(column, column, width))
    for row, height in enumerate((28, 18, 40, 6, 18, 32, 18, 6)):
        sheet.set_row(row, height)
    for row in range(8, 45):
        sheet.set_row(row, 20)
    sheet.set_zoom(80)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.print_area(0, 0, 44, LAST)
    sheet.set_footer(f"&L&8 order-audit {outcome.run.version}&C&8 Page &P of &N&R&8 &F")
    sheet.activate()
    sheet.set_selection(2, LEFT, 2, LEFT)


def _band(page: Page, outcome: Outcome, tables: Tables) -> None:
    run = outcome.run
    page.put(0, LEFT, f"{run.shop or 'Shop'}  ·  Nightly order audit", style.TITLE)
    page.put(0, LAST, f"order-audit {run.version}", align="right", font_size=9, font_color=style.MUTED)
    seller = f" ({run.as_of.astimezone(run.seller_zone):%d %b %H:%M} {run.seller_zone})" if run.seller_zone else ""
    period = f"  ·  orders {run.period[0]:%d %b} to {run.period[1]:%d %b %Y}" if run.period else "  ·  no orders"
    grade = f"  ·  grade {run.grade}" if run.grade else ""
    page.put(
        1,
        LEFT,
        f"As of {run.as_of:%d %b %Y %H:%M} {run.zone}{seller}{period}  ·  {run.items:,} items, {run.parcels:,} parcels{grade}",
        font_size=9,
        font_color=style.MUTED,
    )
    kind = figures.verdict(outcome, tables.told, tables.lines)
    fill, ink = style.VERDICT[kind]
    page.put(2, LEFT, BADGES[kind], bold=True, font_size=14, bg_color=fill, font_color=ink, align="center", valign="vcenter")
    form = page.book.format({"bold": True, "font_size": 11, "bg_color": style.TILE, "text_wrap": True, "valign": "vcenter", "indent": 1})
    done(page.sheet.merge_range(2, 2, 2, LAST, "", form))
    page.book.write(page.sheet, 2, 2, _verdict(outcome, tables), form)


def _verdict(outcome: Outcome, tables: Tables) -> str:
    ran = int(outcome.rules["status"].isin(["found", "clean"]).sum())
    blind = len(outcome.rules) - ran
    looked = f"{outcome.run.items:,} items and {outcome.run.parcels:,} parcels were examined by {ran} rules; {blind} rules did not run."
    if outcome.run.exit_code == 3:  # noqa: PLR2004 - the contract's table of exit codes
        return "No order could be audited: the inputs hold no order row. " + looked
    if not len(tables.told):
        return looked
    counts = tables.told["severity"].value_counts()
    due = tables.lines["bucket"].value_counts()
    first = tables.lines.iloc[0]
    return (
        f"{counts.get('critical', 0)} critical and {counts.get('high', 0)} high findings; {due.get('overdue', 0)} actions are overdue and "
        f"{due.get('today', 0)} fall due today; {outcome.exposure.total / 100:,.0f} EUR at stake.\n"
        f"First: {first['todo']}, {first['subject_text']}."
    )


def _severities(page: Page, tables: Tables, links: Links) -> None:
    told = tables.told
    page.heading(
        8,
        LEFT,
        6,
        "1  Are we all right?",
        f"{len(tables.risk)} items carry a finding; {int((told['rank'] <= Severity.HIGH.rank).sum())} findings are critical or high.",
    )
    page.header(10, LEFT, ("Severity", "§ Official", "Guide", "Advice", "Total"))
    table = figures.severities(told)
    for offset, severity in enumerate(Severity, start=11):
        counts = table.loc[severity.value]
        word = words.SEVERITY[severity]
        fill, ink = style.SEVERITY[word] if counts["total"] else (style.TILE, style.MUTED)
        page.put(offset, LEFT, word, style.LINED, bold=True, bg_color=fill, font_color=ink, indent=1)
        for column, standing in enumerate(Standing, start=2):
            page.put(offset, column, int(counts[standing.value]), style.LINED, num_format=style.COUNT)
        page.lead(
            offset,
            5,
            block("Findings", links.findings.get(("severity", severity.value)), FINDINGS_END),
            int(counts["total"]),
            num_format=style.COUNT,
            bold=True,
        )
    for column, value in enumerate(["Total", *table.sum().to_list()], start=LEFT):
        page.put(15, column, value, bold=True, num_format=style.COUNT)


RATES_ROW = 17


def _rates(page: Page, outcome: Outcome, links: Links) -> None:
    """The shop's rates over thirty days, worked out from its orders, against the platform's limits."""
    page.header(RATES_ROW, LEFT, ("Rates of 30 days, our own figures", "Ours", "Of", "Limit", "Room left", "State"), State="center")
    for row, rate in enumerate(outcome.rates.itertuples(), start=RATES_ROW + 1):
        target = block("Findings", links.findings.get(("rule", rate.rule)), FINDINGS_END)
        page.lead(row, LEFT, target, words.RATES[rate.name])
        for column, (value, form) in enumerate(figures.rate_cells(rate), start=LEFT + 1):
            page.put(row, column, value, style.LINED, num_format=form, align="right")
        fill, ink = style.RATE_STATES[rate.state]
        page.put(row, LEFT + 5, words.RATE_STATES[rate.state], style.LINED, bg_color=fill, font_color=ink, bold=True, align="center")
    left_out = int(outcome.rates["left_out"].sum())
    told = f"Left out, for nobody says who cancelled: {left_out}." if left_out else ""
    page.put(RATES_ROW + 1 + len(outcome.rates), LEFT, told, font_size=8, font_color=style.MUTED)


def _families(page: Page, outcome: Outcome, families: pd.DataFrame) -> None:
    share = (
        f"{families['title'].iloc[0]}: {families['total'].iloc[0] / families['total'].sum():.0%} of the money."
        if len(families)
        else "No money at stake."
    )
    page.heading(8, RIGHT, LAST, "2  What will cost us most?", share)
    if not len(families):
        _looked_at(page, outcome)
        return
    page.header(10, RIGHT, ("Family", "Sale lost", "Fees", "Fine", "Total"))
    for row, (_, line) in enumerate(families.head(7).iterrows(), start=11):
        page.put(row, RIGHT, line["title"], style.LINED)
        for column, name in enumerate(("sale", "fee", "fine", "total"), start=RIGHT + 1):
            page.put(row, column, float(line[name]), style.LINED, num_format=style.WHOLE_MONEY, bold=name == "total")
    last = 10 + min(7, len(families))
    for column, value in enumerate(["Total", *(float(families[name].sum()) for name in ("sale", "fee", "fine", "total"))], start=RIGHT):
        page.put(last + 1, column, value, bold=True, num_format=style.WHOLE_MONEY)
    chart_of_families(page, last, str(families["title"].iloc[0]))


def _looked_at(page: Page, outcome: Outcome) -> None:
    page.header(10, RIGHT, ("What was looked at", "Rows"))
    for row, line in enumerate(outcome.inputs.head(8).itertuples(), start=11):
        page.put(row, RIGHT, line.table, style.LINED)
        page.put(row, RIGHT + 1, int(line.rows), style.LINED, num_format=style.COUNT)


def _costliest(page: Page, tables: Tables, links: Links) -> None:
    top = 21
    page.header(top, RIGHT, ("Costliest orders", "EUR", "Due", "", "What is wrong"), Due="left", What_is_wrong="left")
    for row, line in enumerate(tables.risk[tables.risk["stake"] > 0].head(5).itertuples(), start=top + 1):
        order = f"{line.purchase_id}/{line.item_id}"
        target = f"'Orders at risk'!A{links.orders[order] + 1}" if order in links.orders else None
        page.lead(row, RIGHT, target, order)
        page.put(row, RIGHT + 1, float(line.stake), style.LINED, num_format=style.WHOLE_MONEY, bold=True)
        due = "–" if missing(line.deadline_at) else f"{line.deadline_at.tz_convert('Europe/Paris'):%a %d %b %H:%M}"
        page.put(row, RIGHT + 2, due, style.LINED, indent=1)
        page.put(row, RIGHT + 3, None, style.LINED)
        wrongs = " + ".join(wrong.split("  ", 1)[1] for wrong in line.wrongs.split("\n")[:2])
        for column in range(RIGHT + 4, LAST + 1):
            page.put(row, column, wrongs if column == RIGHT + 4 else None, style.LINED, indent=1)


def _deadlines(page: Page, tables: Tables, links: Links) -> None:
    lines = tables.lines
    if not len(lines):
        page.heading(28, LEFT, LAST, "3  Who must do what, by when?", words.NOTHING_TO_DO)
        return
    when = figures.by_when(lines)
    page.heading(
        28, LEFT, LAST, "3  Who must do what, by when?", f"{len(lines)} actions; names and states are filled in on the sheet Actions."
    )
    page.header(30, LEFT, ("When", "Actions", "Crit.+high", "EUR", "No owner", "Done"))
    last = len(lines) + 3
    for row, (bucket, line) in enumerate(when.iterrows(), start=31):
        word = words.WHEN[str(bucket)]
        page.lead(row, LEFT, block("Actions", links.actions.get(str(bucket)), ACTIONS_END), word)
        for column, name in enumerate(("actions", "grave", "money"), start=2):
            page.put(row, column, float(line[name]), style.LINED, num_format=style.WHOLE_MONEY, bold=name == "actions")
        counts = page.book.format({**style.LINED, "num_format": style.COUNT})
        owners = int(line["actions"])
        for column, formula, value in (
            (5, f'=COUNTIFS(Actions!$A$4:$A${last},B{row + 1},Actions!$I$4:$I${last},"")', owners),
            (6, f'=COUNTIFS(Actions!$A$4:$A${last},B{row + 1},Actions!$J$4:$J${last},"Done")', 0),
        ):  # fmt: skip
            done(page.sheet.write_formula(row, column, formula, counts, value))
    chart_of_deadlines(page, when)
    _first_actions(page, tables)


def _first_actions(page: Page, tables: Tables) -> None:
    first = LAST - 4
    for offset, name in enumerate(("First on the list", "", "", "Order / article", "")):
        page.put(30, first + offset, name or None, style.SMALL_HEADER)
    for row, line in enumerate(tables.lines.head(6).itertuples(), start=31):
        for column in range(first, LAST + 1):
            page.put(row, column, None, style.LINED)
        page.lead(row, first, f"'Actions'!A{row - 31 + 4}", line.todo)
        page.put(row, first + 3, line.subject_text, style.LINED, font_color=style.CRITICAL if line.bucket == "overdue" else style.INK)


def _frequent(page: Page, outcome: Outcome, tables: Tables, links: Links) -> None:
    rows = figures.frequent(outcome, tables.told)
    answer = f"{rows['title'].iloc[0]} leads ({rows['count'].iloc[0]} times)." if len(rows) else words.NOTHING
    page.heading(37, LEFT, LAST, "4  What keeps happening?", answer)
    if len(rows):
        page.header(39, LEFT, ("Most frequent wrongs", "Times", "EUR", "Standing"))
    for row, line in enumerate(rows.head(4).itertuples(index=False), start=40):
        page.lead(row, LEFT, f"'Rules'!A{links.rules[line.code] + 1}", f"{line.code}  {line.title}")
        page.put(row, 2, int(rows.set_index("code").at[line.code, "count"]), style.LINED, bold=True)
        page.put(row, 3, float(line.money), style.LINED, num_format=style.WHOLE_MONEY)
        page.put(row, 4, words.STANDING[line.standing], style.LINED, align="right")
    page.put(40, RIGHT, "The trend over the nights begins with a history.", font_color=style.MUTED)
    page.put(
        44,
        LEFT,
        "Money is the worst case, each order counted once. § Official = the platform's own terms; Guide = the sellers' guide; Advice = ours. Assumptions and files: sheet Run.",
        font_size=8,
        font_color=style.MUTED,
    )
