"""What the commands say to people is all in the catalogues: nothing is glued, and nothing is asked that the collector did not find."""

import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.catalogue import RULES
from audit.cli import cli
from audit.errors import AuditError, ConfigFault, FaultyInputs, FileFault
from audit.operating import logs
from schemas.language import ENGLISH, Language, language
from schemas.text import Message

sys.path.insert(0, str(Path(__file__).parent))

import catalogues

ROOT = Path(__file__).parent.parent
SAMPLE, EXPORTS = ROOT / "sample_data", ROOT / "tests" / "exports"
ORDERS = "purchase_id,item_id,ordered_at,unit_price,status\n1,11,2026-11-22 10:00,20.00,to_confirm\n2,22,soon,-1,what\n"


@pytest.fixture(autouse=True)
def english_again():
    """What a test speaks, the next one does not."""
    yield
    logs.speak(ENGLISH)


@pytest.fixture
def asked(monkeypatch):
    """Every message asked of the catalogues, as the collector keys them."""
    found = set()

    def text(self, message, context=""):
        found.add(catalogues.Key(message, context=context))
        return self.catalogue.pgettext(context, message) if context else self.catalogue.gettext(message)

    def plural(self, one, many, count, context=""):
        found.add(catalogues.Key(one, many, context))
        return self.catalogue.npgettext(context, one, many, count) if context else self.catalogue.ngettext(one, many, count)

    monkeypatch.setattr(Language, "text", text)
    monkeypatch.setattr(Language, "plural", plural)
    return found


def said(*arguments):
    """What a command says in French, on either channel; fails where it breaks."""
    done = CliRunner().invoke(cli, [*map(str, arguments), "--lang", "fr"])
    if isinstance(done.exception, AuditError):
        return done.exception.said(language("fr"))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.output


def unknown(asked):
    """What was asked and is not collected."""
    return sorted(key.text for key in asked - catalogues.collect() if key.text.strip())


def test_no_message_is_glued():
    """Each text handed to what people read is a literal, a constant, or a message of its own."""
    assert [] == catalogues.uncollected()


def test_pages_and_catalogue_are_collected(asked):
    """Every rule's page, and the list of them."""
    for rule in RULES:
        said("explain", rule.code)
    said("rules")

    assert len(RULES) < len(asked)
    assert [] == unknown(asked)


@pytest.mark.parametrize("name", sorted(path.name for path in EXPORTS.iterdir()))
def test_map_and_check_are_collected(asked, tmp_path, name):
    """How an export is understood, the mapping that is written for it, and what would be refused."""
    shutil.copy(EXPORTS / name, tmp_path / name)
    said("map", tmp_path / name)
    said("check", tmp_path / name, "--as-of", "2026-11-23T06:00")

    assert [] == unknown(asked)


def test_a_refused_row_is_told_in_words_that_are_collected(asked, tmp_path):
    """Reasons and remedies of refused cells."""
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    told = said("check", tmp_path / "orders.csv", "--as-of", "2026-11-23T06:00")

    assert "soon" in told
    assert [] == unknown(asked)


def test_service_and_set_up_are_collected(asked, tmp_path):
    """Contact, evidence, doctor and init."""
    (tmp_path / "proof.jpg").write_bytes(b"x")
    for command in (
        ("contact", "1/2", "--as-of", "2026-11-23T06:00"),
        ("contact", "--as-of", "2026-11-23T10:00"),
        ("contact", "12"),
        ("evidence", tmp_path),
        ("evidence", tmp_path / "none"),
        ("doctor", tmp_path, tmp_path / "none", "--out", tmp_path / "out", "--history", tmp_path / "nights.db"),
        ("init", tmp_path),
        ("init", tmp_path),
    ):
        said(*command)

    assert [] == unknown(asked)


def test_a_night_and_its_history_are_collected(asked, tmp_path):
    """What run, history, diff and prune say, with a refused row and its quarantine file."""
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    for day in (23, 24):
        night = ("--as-of", f"2026-11-{day}T06:00", "--history", tmp_path / "nights.db", "--formats", "csv", "--verbose")
        said("run", tmp_path / "orders.csv", "--out", tmp_path / "out", *night)
    for command in (("history",), ("diff", "-2", "-1"), ("diff", "x", "last")):
        said(*command, "--history", tmp_path / "nights.db")
    CliRunner().invoke(cli, ["history", "--history", str(tmp_path / "nights.db"), "prune", "--keep", "1", "--lang", "fr"])

    assert (tmp_path / "out" / "quarantine" / "orders.csv.csv").exists()
    assert [] == unknown(asked)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("page.html", b"<html><body>no</body></html>"),
        ("file.pdf", b"%PDF-1.7"),
        ("answer.xml", b"<?xml version='1.0'?><getnewsalesresult><response>"),
        ("lacks.csv", b"purchase_id,item_id,ordered_at,status\n1,2,2026-01-01,shipped\n"),
        ("twice.csv", b"purchase_id,item_id,ordered_at,unit_price,unit_price\n1,2,2026-01-01,1.00,1.00\n"),
        ("dates.csv", b"purchase_id,item_id,ordered_at,unit_price\n1,2,13/02/2026,1.00\n1,3,02/13/2026,1.00\n"),
        ("broken.zip", b"PK\x03\x04broken"),
        ("broken.parquet", b"PAR1brokenPAR1"),
    ],
)
def test_faults_of_files_are_collected(asked, tmp_path, name, content):
    """Whole files that can't be used."""
    (tmp_path / name).write_bytes(content)
    told = said("run", tmp_path / name, "--out", tmp_path / "out")

    assert name in told
    assert [] == unknown(asked)


@pytest.mark.parametrize(
    "settings",
    [
        'lang = "de"', "[run]\nlang = 1", "[shop]\nnam = 1", "run = 1", "[limits]\nclaim_days = true", '[run]\nselect = ["NO"]', "[shop]\ncommission_rate = 3",
        '[brands]\nadd = ["ab"]', "x = ", '[shop]\ntime_zone = "Nowhere"', '[run]\nformats = ["doc"]', '[run]\nas_of = "soon"', "[report]\nmax_rows = 0",
    ],
)  # fmt: skip
def test_faults_of_settings_are_collected(asked, tmp_path, settings):
    """Keys and values that can't be used."""
    (tmp_path / "mine.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    told = said("run", tmp_path / "orders.csv", "--config", tmp_path / "mine.toml", "--out", tmp_path / "out")

    assert told
    assert [] == unknown(asked)


def test_an_error_says_all_its_faults_in_the_language(monkeypatch):
    """A file's fault, its remedy, and several at once; what has no translation stays English."""
    words = {"holds no file.": "ne contient aucun fichier.", "{place:sentence}: {wrong:sentence}": "{place:sentence} : {wrong:sentence}"}
    french = Language("fr")
    monkeypatch.setattr(french, "text", lambda message, _context="": words.get(message, message))
    faults = FaultyInputs([FileFault("a.csv", "holds no file."), ConfigFault(Message("unknown key {key}.", {"key": "{x}"}), "Correct it.")])

    assert "a.csv : ne contient aucun fichier.\nunknown key {x}. Correct it." == faults.said(french)
    assert "a.csv: holds no file.\nunknown key {x}. Correct it." == str(faults)
