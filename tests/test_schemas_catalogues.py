"""The catalogues: whole, true to the program's messages, and written as each language is written."""

import gettext
import io
import re
import string
from dataclasses import replace

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from audit.rules import RULES
from reports import digest, files, words
from reports.terminal import short_result
from reports.workbook import save
from schemas.language import language
from schemas.text import say

CODES = ("fr", "zh")
NO_BREAK = "\u00a0\u202f"
SHEETS = {
    "fr": ["Tableau de bord", "À faire", "Constats", "Commandes à risque", "Marques", "Quarantaine", "Règles", "Lexique", "Exécution", "Boutiques"],
    "zh": ["总览", "待办事项", "问题明细", "风险订单", "品牌", "隔离数据", "规则", "术语表", "运行记录", "店铺"],
}  # fmt: skip
MOST = 36
"""Characters of a rule's title and of what is to be done, which have one line where they stand."""

OF_OTHERS = re.compile(r"\{[^}]*\}|https?://\S+|\d+:\d+|[\w-]+=\S+|(?<=«\u00a0)[^»]*(?=\u00a0»)")
"""What has signs of its own in a sentence: facts, addresses, hours, settings, and what somebody else wrote."""

UNBROKEN = (
    re.compile(rf"(?<![{NO_BREAK}\s\d?!])[;!?»%€]"),
    re.compile(r"(?<=\w):(?=\s|$)"),
    re.compile(r"(?<=[^,] )[:;!?»%€](?=\s|$|[.,])"),
    re.compile(rf"«(?![{NO_BREAK}])"),
)
"""A French sign without the space before or after it that keeps it on its line."""

NARROW = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?:\s|$)")
"""A half-width sign beside a Chinese character."""


@pytest.fixture(scope="module", params=CODES)
def catalogue(request, catalogues):
    """Each language's catalogue as it stands."""
    return request.param, catalogues.read(request.param)


def forms(message):
    """What a message says in English and in the language, form by form."""
    english, said = (part if isinstance(part, tuple | list) else (part,) for part in (message.id, message.string))
    return list(english), list(said)


def messages(read):
    """The messages of a catalogue, its header aside."""
    return [message for message in read if message.id]


def facts(template):
    """The facts that a template names, each with its kind."""
    return sorted(f"{name}:{kind}" for _, name, kind, _ in string.Formatter().parse(template) if name is not None)


def test_it_holds_what_the_program_says(catalogue, catalogues):
    """The file is the one that the collector writes: no message is missing, none is left over, none has lost its place."""
    code, _ = catalogue
    written = io.BytesIO()
    write_po(written, catalogues.renewed(code, catalogues.collect()), width=0, omit_header=False, no_location=True)

    assert written.getvalue().decode() == catalogues.place(code, "po").read_text(encoding="utf-8")


def test_the_compiled_file_is_that_of_the_catalogue(catalogue, catalogues):
    """What the program reads is what the catalogue says."""
    code, read = catalogue
    compiled = io.BytesIO()
    write_mo(compiled, read)

    assert compiled.getvalue() == catalogues.place(code, "mo").read_bytes()


def test_every_message_is_translated(catalogue):
    """No form of any message is blank."""
    _, read = catalogue

    assert [] == [message.id for message in messages(read) if not all(forms(message)[1])]


def test_every_form_names_the_same_facts(catalogue):
    """A translation names the facts of one of the English forms, with their kinds, and breaks its lines as often."""
    _, read = catalogue
    wrong = []
    for message in messages(read):
        english, said = forms(message)
        for form in filter(None, said):
            whole = facts(form) in [facts(one) for one in english] and form.count("\n") == english[0].count("\n")
            wrong += [] if whole else [form]

    assert [] == wrong


def test_signs_stand_as_the_language_has_them(catalogue):
    """French keeps high signs from the margin by no-break spaces; Chinese has full-width signs beside its characters."""
    code, read = catalogue
    rules = UNBROKEN if code == "fr" else (NARROW,)
    told = [OF_OTHERS.sub("X", form) for message in messages(read) for form in forms(message)[1]]

    assert [] == [form for form in told if any(rule.search(form) for rule in rules)]


def test_sheets_have_their_names(catalogue):
    """The names that formulas and links use."""
    code, _ = catalogue

    assert SHEETS[code] == [words.SHEETS.said(name, language(code)) for name in words.SHEETS.words]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_titles_and_todos_are_short(rule):
    """They have one line on the Dashboard and on Actions."""
    said = [language(code).text(told) for code in ("en", *CODES) for told in (rule.title, rule.todo)]

    assert [] == [told for told in said if len(told) > MOST]


class English(gettext.NullTranslations):
    """What is asked where a catalogue has no answer."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def gettext(self, message):
        """A message that is not translated."""
        self.asked.append(message)
        return message

    def pgettext(self, context, message):
        """A message of a context that is not translated."""
        return self.gettext(f"{context}: {message}")

    def ngettext(self, one, many, count):
        """A message of a count that is not translated."""
        return self.gettext(one if count == 1 else many)


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize("code", CODES)
def test_no_report_falls_back_to_english(sample, tmp_path, monkeypatch, catalogues, code):
    """Workbook, terminal, findings.csv, quarantine and digest of the sample find every word of theirs."""
    english = English()
    with catalogues.place(code, "mo").open("rb") as file:
        known = gettext.GNUTranslations(file)
    known.add_fallback(english)
    monkeypatch.setattr(language(code), "catalogue", known)
    told = replace(sample, run=replace(sample.run, lang=code))
    save(told, tmp_path / "book.xlsx")
    short_result(told, tmp_path / "book.xlsx")
    files.write_findings_csv(told, tmp_path / "findings.csv")
    files.write_quarantine(told, tmp_path / "quarantine")
    digest.write(told, told.findings, tmp_path / "book.xlsx")

    assert [] == english.asked


def test_a_fallback_is_seen():
    """A message that no catalogue holds is English in every language."""
    assert ["Nobody says 3.", "Nobody says 3."] == [say("Nobody says {x}.", {"x": 3}, language(code)) for code in CODES]
