"""Why a row can be refused: each reason with what is wrong and what to type instead."""

from typing import NamedTuple


class Reason(NamedTuple):
    """A reason's code, the sentence that says what is wrong, and the sentence that says what to do.

    Both sentences may name the facts ``column``, ``value`` and those that the reason adds.
    """

    code: str
    wrong: str
    remedy: str


REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason("missing", "{column} is blank", "Type the value; without it the row can't be judged."),
        Reason(
            "damaged-identifier",
            "a spreadsheet has turned the number into {value}",
            "Copy the whole number again from the platform, into a cell formatted as text.",
        ),
        Reason(
            "foreign-letters",
            "letters that only look Latin stand in {value}",
            "Type the number again with Latin letters, as it stands on the parcel.",
        ),
        Reason("unreadable-number", "{value} is not a number", "Type digits with at most one decimal sign, such as 12.50."),
        Reason(
            "ambiguous-number",
            "{value} can be read in two ways, and no other cell of the column tells which",
            "Type the amount with two decimals, such as 1234.00 or 1.23.",
        ),
        Reason(
            "accounting-brackets",
            "{value} stands in brackets, which may or may not mean a minus",
            "Type the amount without brackets, with a minus before it if it is negative.",
        ),
        Reason("too-long-number", "{value} has more than 15 digits", "Type the amount again; a number may stand in the wrong column."),
        Reason("third-decimal", "{value} has more than two decimals", "Type the amount in euros and whole cents."),
        Reason(
            "currency-contradiction",
            "the currency sign in {value} contradicts the currency {currency}",
            "Correct the sign or the currency.",
        ),
        Reason("unknown-currency", "{value} is no currency code", "Type the three letters of the currency, such as EUR."),
        Reason("not-whole", "{value} is not a whole number", "Type a whole number."),
        Reason("below-minimum", "{value} is below {minimum}", "Type a value of {minimum} or more."),
        Reason("unreadable-date", "{value} is not a date", "Type the date as 2026-11-23 or 2026-11-23 18:05."),
        Reason("two-digit-year", "the year of {value} has two digits", "Type the year with four digits."),
        Reason(
            "nonexistent-time",
            "{value} does not exist: the clocks went forward that night",
            "Type the time with its zone, such as 2026-03-29T02:30+01:00, or correct it.",
        ),
        Reason("far-future", "{value} is more than a year ahead", "Correct the year."),
        Reason("far-past", "{value} is before the year 2000", "Correct the year; leave the cell blank where there is no date."),
        Reason(
            "day-count",
            "{value} is a spreadsheet's count of days in a column of written dates",
            "Format the cell as a date, or type the date as 2026-11-23 18:05.",
        ),
        Reason("unknown-choice", "{value} is none of the values known for {column}", "Type one of: {choices:words}."),
        Reason(
            "misspelt-choice",
            "{value} is none of the values known for {column}; the nearest is {nearest}",
            "Type {nearest} if that is meant, else one of: {choices:words}.",
        ),
        Reason("unknown-country", "{value} is no country that is known", "Type the two letters of the country, such as FR or CN."),
        Reason(
            "misspelt-country",
            "{value} is no country that is known; the nearest is {nearest}",
            "Type {nearest} if that is meant, else the two letters of the country.",
        ),
        Reason(
            "unsplit-line",
            "the line can't be split into the {expected} columns of the header",
            "Correct the separators and quotes in _line, or fill in the columns.",
        ),
        Reason(
            "stray-quote",
            "a quote stands within a cell that is not quoted",
            "Delete the quote, or put the cell in quotes and double the quotes within it.",
        ),
        Reason(
            "undecodable",
            "the line holds bytes that are no text in this encoding",
            "Type the damaged letters again in _line, or fill in the columns.",
        ),
        Reason("nul-byte", "the line holds NUL bytes", "Export the row again, or type it anew."),
        Reason("error-cell", "the cell holds the spreadsheet error {value}", "Replace the error by its value."),
        Reason("no-value", "the cell holds a formula without a value", "Open the workbook, let it calculate, save it; or type the value."),
        Reason("merged-cell", "the cell is merged with others", "Unmerge the cells and fill each."),
        Reason("totals-line", "the line looks like a total at the foot of the table", "Delete the line from the export."),
        Reason("footer-line", "the line looks like a note at the foot of the table", "Delete the line from the export."),
        Reason("repeated-header", "the line repeats the header", "Delete the line from the export."),
        Reason(
            "contradicting-copy",
            "the same row of {table:word} stands elsewhere with different content: {other:sentences}",
            "Keep the right one here and delete the other.",
        ),
        Reason(
            "replaces-nothing",
            "no row of the inputs is the one that this mended row replaces",
            "Delete the line if the export was corrected since; clear its _row to have it count as a row of its own.",
        ),
    )
}
