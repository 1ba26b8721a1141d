"""A user's own rules: taken in beside ours, refused with a reason, and harmless to all others when they fail."""

import csv
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from audit import audit
from audit.catalogue import OURS
from audit.config import Config, load
from audit.errors import ConfigFault
from audit.plugins import assemble, equipped
from audit.testing import findings, order

ROOT = Path(__file__).parent.parent
COMMAND = [str(Path(sys.executable).with_name("order-audit"))]
AS_OF = "2026-11-23T06:00"
LATE = "purchase_id,item_id,ordered_at,unit_price,status,confirmed_at\n1,11,2026-11-10 10:00,200.01,shipped,2026-11-13 10:01\n"
"""One order on which CNF001 has something to say."""

RULE = '''
from audit.limits import Limit
from audit.policy import Document
from audit.rule import Evidence, Hits, rule
from schemas.findings import Confidence, Exposure, Severity, Standing, Subject

HANDBOOK = Document("Handbook", "", "2026", Standing.HOUSE)
DEAR = Limit("dear_above", 200.0, "EUR", HANDBOOK.clause("dear orders"), "unit price that is dear")
FACTS = dict(
    code="LUM001", name="dear-order", title="Dear order", severity=Severity.LOW, source=HANDBOOK.clause("dear orders"),
    todo="Look at it", advice="Look at the order.", limits=(DEAR,),
)


def judge(books):
    """An order is dear.

    Why: so says the handbook.
    Breach: 200.01 EUR.
    Fine: exactly 200.00 EUR.
    """
    dear = books.items["unit_price"] > books.limits.cents(DEAR)
    return Hits(rows=books.items[dear], evidence=Evidence("{price:money}", {"price": "unit_price"}))


'''
GOOD = RULE + "dear_order = rule(**FACTS)(judge)\n"


def order_audit(*arguments, cwd, **environment):
    """Run the command as cron does: a bare environment and no terminal."""
    bare = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environment}
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, cwd=cwd, env=bare, encoding="utf-8"
    )


def run(place, *more, **environment):
    """Audit the exports of a place into its folder out."""
    return order_audit("run", place / "in", "--out", place / "out", "--as-of", AS_OF, *more, cwd=place, **environment)


def summary(place):
    """What the run says to machines."""
    return json.loads((place / "out" / "summary.json").read_text(encoding="utf-8"))


def found(place):
    """The codes of all findings, in the order of findings.csv."""
    with (place / "out" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["rule"] for row in csv.DictReader(file)]


def rules_sheet(place):
    """The cells of the Rules sheet, row by row."""
    rows = CalamineWorkbook.from_path(place / "out" / "risk_report.xlsx").get_sheet_by_name("Rules").to_python()
    return [row for row in rows if row[0]]


@pytest.fixture
def place(tmp_path):
    """A folder with one export and a good file of rules beside it."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "orders.csv").write_text(LATE, encoding="utf-8")
    (tmp_path / "good.py").write_text(GOOD, encoding="utf-8")
    return tmp_path


def refused(place, text, name="bad.py"):
    """Why the rules of a file are not taken in, by name."""
    (place / name).write_text(text, encoding="utf-8")
    catalogue = assemble([str(place / name)])
    assert OURS.rules == catalogue.rules[: len(OURS.rules)]
    return {failure.name: str(failure.reason) for failure in catalogue.failures}


def test_a_rule_of_a_file_finds_beside_ours(place):
    """--rules adds a rule to findings.csv, summary.json and the Rules sheet, its family under its own code."""
    done = run(place, "--rules", "good.py", "--fail-on", "critical")
    (row,) = [row for row in rules_sheet(place) if row[0] == "LUM001"]

    assert 0 == done.returncode
    assert ["CNF001", "LUM001"] == found(place)
    assert 1 == summary(place)["findings"]["by_family"]["LUM"]
    assert ["LUM001", "LUM", "Dear order", "Found", 1] == row[:5]
    assert not (place / "__pycache__").exists()


def test_rules_explain_and_check_know_it(place):
    """The catalogue, the page and the check take --rules too, also from the environment."""
    listed = order_audit("rules", "--format", "json", "--rules", "good.py", cwd=place)
    page = order_audit("explain", "lum001", cwd=place, ORDER_AUDIT_RULES="good.py")
    checked = order_audit("check", place / "in", "--rules", "good.py", "--format", "json", cwd=place)
    catalogue = json.loads(listed.stdout)
    jsonschema.validate(catalogue, json.loads((ROOT / "audit" / "rules.schema.json").read_text(encoding="utf-8")))

    assert "LUM001" == catalogue["rules"][-1]["code"]
    assert page.stdout.startswith("LUM001 dear-order: Dear order\n")
    assert "dear_above = 200 EUR: unit price that is dear (house: Handbook, dear orders)" in page.stdout
    assert {"code": "LUM001", "can_run": True, "reason": ""} == json.loads(checked.stdout)["rules"][-1]


def test_named_settings_name_rules_codes_and_parameters(place):
    """What rules under [run] names is beside the settings, whose [limits], [severity] and select know what it brings."""
    (place / "set").mkdir()
    (place / "good.py").rename(place / "set" / "good.py")
    text = '[run]\nrules = ["good.py"]\nselect = ["LUM"]\n[limits]\ndear_above = {}\n[severity]\nLUM001 = "high"\n'
    for limit, code, rules in ((200, 10, ["LUM001"]), (200.01, 0, [])):
        (place / "set" / "order-audit.toml").write_text(text.format(limit), encoding="utf-8")
        done = run(place, "--config", "set/order-audit.toml")

        assert (code, rules) == (done.returncode, found(place))
    assert [{"name": "dear_above", "value": "200.01", "default": "200", "unit": "EUR"}] == summary(place)["parameters"]


@pytest.mark.parametrize("where", [".", "in"])
def test_settings_that_are_only_found_may_name_no_code(where, place):
    """Beside the inputs or in the working folder they may be anybody's: the line and the remedy are told, nothing is run."""
    folder = place / where
    (folder / "order-audit.toml").write_text('[run]\nlang = "en"\nrules = ["spy.py"]\n', encoding="utf-8")
    (folder / "spy.py").write_text("import pathlib\npathlib.Path('ran').touch()\n", encoding="utf-8")
    done = run(place)
    file = (folder / "order-audit.toml").resolve()

    assert 2 == done.returncode
    assert f"error: {file}, line 3: run.rules names code that is run, which settings that are merely found may not.\n" in done.stderr
    assert f"  try: Name the file with --config {file}, if you trust it, or take the line out.\n" in done.stderr
    assert not (place / "ran").exists()
    assert not (place / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run", "no.csv", "--out", "o", "--rules", "good.py", "--select", "LUM002"), "unknown rule LUM002. Did you mean LUM001?"),
        (("run", "no.csv", "--out", "o", "--rules", "good.py", "--ignore", "REG099"), "unknown rule REG099. Did you mean REG00"),
        (("run", "no.csv", "--out", "o", "--select", "LUM001"), "unknown rule LUM001."),
        (("explain", "LUM002", "--rules", "good.py"), "unknown rule LUM002."),
    ],
)
def test_an_unknown_code_stops_before_any_data_is_read(arguments, told, place):
    """The codes of a user's rules are known before they are looked for, and the nearest valid one is offered."""
    done = order_audit(*arguments, cwd=place)

    assert 2 == done.returncode
    assert told in done.stderr
    assert "no.csv" not in done.stderr


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('[run]\nselect = ["LUM002"]', "line 2: unknown rule LUM002. Did you mean LUM001?"),
        ("[limits]\ndear_abov = 1", "line 2: unknown key dear_abov in [limits]. Did you mean dear_above?"),
        ('[severity]\nLUM01 = "low"', "line 2: unknown key LUM01 in [severity]. Did you mean LUM001?"),
        ("[limits]\ndear_above = true", "line 2: limits.dear_above is True. It takes a number from 0."),
    ],
)
def test_settings_that_name_what_no_rule_has_are_refused_with_their_line(line, told, place):
    """Unknown codes and parameters stop the run with the line and the nearest valid name."""
    (place / "s.toml").write_text(line, encoding="utf-8")
    with pytest.raises(ConfigFault) as caught:
        load(place / "s.toml", [str(place / "good.py")])

    assert f"{place / 's.toml'}, {told}" == str(caught.value)


def test_settings_about_rules_that_failed_stop_nobody(place):
    """Codes and parameters of a file that can't be imported may stand in the settings; one of our families may not be misspelt."""
    (place / "bad.py").write_text("import nothing_such\n", encoding="utf-8")
    mine = '[run]\nselect = ["LUM001", "CNF"]\n[limits]\ndear_above = 1\n[severity]\nLUM001 = "low"\n'
    (place / "s.toml").write_text(mine, encoding="utf-8")
    config = load(place / "s.toml", [str(place / "bad.py")])
    (place / "s.toml").write_text('[severity]\nREG099 = "low"\n', encoding="utf-8")

    assert {code for code in OURS.by_code if code.startswith("CNF")} == config.catalogue.selected(config.select, config.ignore)
    assert frozenset() == config.catalogue.selected(["LUM001"], [])
    with pytest.raises(ConfigFault, match="unknown key REG099"):
        load(place / "s.toml", [str(place / "bad.py")])


def test_broken_files_fail_alone_and_the_run_ends_in_12(place):
    """Each is shown as failed with its reason everywhere, and ours and the good file's findings stand."""
    (place / "bad.py").write_text("import json\nimport nothing_such\n", encoding="utf-8")
    (place / "twin.py").write_text(GOOD, encoding="utf-8")
    (place / "raises.py").write_text(RULE + "FACTS |= dict(code='RAI001', name='raises', limits=())\n"
        "def judge(books):\n    '''It raises.\n\n    Why: so.\n    Breach: so.\n    Fine: so.\n    '''\n    raise ValueError('no idea')\n"
        "raises = rule(**FACTS)(judge)\n", encoding="utf-8")  # fmt: skip
    files = ("good.py", "bad.py", "twin.py", "raises.py", "absent.py")
    done = run(place, *(word for name in files for word in ("--rules", name)))
    schema = json.loads((ROOT / "reports" / "summary.schema.json").read_text(encoding="utf-8"))
    failed = {
        "RAI001": "ValueError: no idea",
        "bad.py": "it can't be imported, line 2: ModuleNotFoundError: No module named 'nothing_such'",
        "twin.py: LUM001": "its code LUM001 is that of the rule dear-order",
        "absent.py": "there is no such file",
    }
    jsonschema.validate(summary(place), schema)

    assert 12 == done.returncode == summary(place)["exit_code"]
    assert ["CNF001", "LUM001"] == found(place)
    assert failed == {rule["code"]: rule["reason"] for rule in summary(place)["rules"] if rule["status"] == "failed"}
    assert failed == {row[0]: row[6] for row in rules_sheet(place) if row[3] == "Failed"}
    assert [f"failed: {name}: {reason}" for name, reason in failed.items()] == [
        line for line in done.stdout.splitlines() if line.startswith("failed: ")
    ]
    assert "failed" not in order_audit("rules", "--rules", "bad.py", cwd=place).stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("def f(:\n", {"bad.py": "it can't be imported: SyntaxError: invalid syntax (bad.py, line 1)"}),
        ("raise SystemExit(0)\n", {"bad.py": "it can't be imported, line 1: SystemExit: 0"}),
        ("open('nowhere.csv')\n", {"bad.py": "it can't be imported, line 1: FileNotFoundError: [Errno 2] No such file or directory: 'nowhere.csv'"}),
        ("x = 1\n", {"bad.py": "it holds no rule"}),
        ("from audit.rules.tracking import tracking_missing\n", {"bad.py": "it holds no rule"}),
    ],
)  # fmt: skip
def test_a_file_that_gives_no_rule_is_told_with_its_reason(text, told, place):
    """Whatever happens on import is a reason, not the end; a rule of ours that a file imports is not the file's."""
    assert told == refused(place, text)


@pytest.mark.parametrize(
    ("facts", "name", "told"),
    [
        ("code='LUM1'", "LUM1", "its code LUM1 is not three capital letters and three digits"),
        ("code='lum001'", "lum001", "its code lum001 is not three capital letters and three digits"),
        ("code='LUM٠٠١'", "LUM٠٠١", "its code LUM٠٠١ is not three capital letters and three digits"),
        ("code=1", "1", "its code is 1; it takes a str"),
        ("code='REG001'", "REG001", "its code REG001 is that of the rule registered-mail-missing"),
        ("code='REG009'", "REG009", "its code REG009 is of a family of the program; take three other letters"),
        ("name='tracking-missing'", "LUM001", "its name tracking-missing is that of the rule TRK001"),
        ("name='Dear order'", "LUM001", "its name Dear order is not small letters, digits and hyphens"),
        ("title=''", "LUM001", "its title is blank"),
        ("severity='low'", "LUM001", "its severity is 'low'; it takes a Severity"),
        ("needs=('orders')", "LUM001", "its needs is 'orders'; it takes a tuple of str"),
        ("needs=('order',)", "LUM001", "it needs order, which is no table or column"),
        ("needs=('orders.colour',)", "LUM001", "it needs orders.colour, which is no table or column"),
        ("after=('LUM001',)", "LUM001", "it looks at LUM001, which no rule before it is"),
        ("letters=('love',)", "LUM001", "it names the text love, which there is not"),
        ("limits=(Limit('claim_days', 3, 'days', HANDBOOK.clause('x'), 'x'),)", "LUM001", "its parameter claim_days is that of another rule, and differs from it"),
        ("limits=(Limit('Dear', 3, 'days', HANDBOOK.clause('x'), 'x'),)", "LUM001", "its parameter Dear is not small letters, digits and underscores"),
        ("limits=(Limit('dear', 'x', '', HANDBOOK.clause('x'), 'x'),)", "LUM001", "its parameter dear is 'x'; it takes a number, tuple or dict"),
    ],
)  # fmt: skip
def test_a_rule_with_a_fact_that_will_not_do_is_refused(facts, name, told, place):
    """Codes, names, kinds, references and parameters are held to what ours are held to."""
    assert {f"bad.py: {name}": told} == refused(place, RULE + f"dear_order = rule(**FACTS | dict({facts}))(judge)\n")


@pytest.mark.parametrize(
    "page", ["None", "'Only a sentence.'", "'No order.\\n\\nFine: a\\nBreach: b\\nWhy: c'", "'Why: a\\nBreach: b\\nFine: c'"]
)
def test_a_page_needs_its_sentence_and_its_three_parts(page, place):
    """A page without a first sentence, Why, Breach and Fine in that order is refused."""
    told = {"bad.py: LUM001": "its page lacks a first sentence, then Why:, Breach:, Fine: in that order"}

    assert told == refused(place, RULE + f"judge.__doc__ = {page}\ndear_order = rule(**FACTS)(judge)\n")


def test_a_bad_rule_does_not_take_the_good_one_of_its_file_along(place):
    """A file with a good and a bad rule gives the good one; two bad ones of one code are told apart."""
    bad = "".join(f"bad_{number} = rule(**FACTS | dict(code='REG001', name='bad-{number}'))(judge)\n" for number in (1, 2))
    (place / "both.py").write_text(GOOD + bad, encoding="utf-8")
    catalogue = assemble([str(place / "both.py"), str(place / "both.py")])

    assert ["LUM001"] == [rule.code for rule in catalogue.rules[len(OURS.rules) :]]
    assert ["both.py: REG001", "both.py: REG001 (2)"] == [failure.name for failure in catalogue.failures]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("raise SystemExit(0)", "SystemExit: 0"),
        ("raise ValueError('two\\n  lines')", "ValueError: two lines"),
        ("return None", "AttributeError: 'NoneType' object has no attribute 'rows'"),
        ("return Hits(rows=books.items, evidence=Evidence('{price:gold}', {'price': 'unit_price'}))", "KeyError: 'gold'"),
        ("return Hits(rows=books.items, evidence=Evidence('{since:hours}', {'since': 'long'}))", "ValueError: could not convert string to float: 'long'"),
        ("return Hits(rows=books.items, evidence=Evidence('x'), severity='awful')", "ValueError: severity 'awful' is none of critical, high, medium, low"),
        ("return Hits(rows=books.items, evidence=Evidence('x'), not_judged='many')", "TypeError: not_judged is 'many', and must be a whole number"),
        ("return Hits(rows=books.items.loc[[0, 0]], evidence=Evidence('x'))", "ValueError: BAD001 hits a subject twice"),
    ],
)  # fmt: skip
def test_a_rule_that_fails_at_work_leaves_the_others_findings(body, told, place):
    """A rule that raises, or whose findings could not be shown, is failed; the findings of all others are what they are without it."""
    text = (
        RULE + f"def bad(books):\n    {body}\n\n\nbad.__doc__ = judge.__doc__\nbad = rule(**FACTS | dict(code='BAD001', name='bad'))(bad)\n"
    )
    (place / "bad.py").write_text(text, encoding="utf-8")
    files = tuple(str(place / name) for name in ("bad.py", "good.py"))
    outcome, without = (audited(rules=rules) for rules in (files, files[1:]))
    row = outcome.rules.set_index("code").loc["BAD001"]

    assert ("failed", told) == (row["status"], json.loads(row["reason_facts"])["error"])
    assert 12 == outcome.run.exit_code
    pd.testing.assert_frame_equal(without.findings, outcome.findings)


def audited(**settings):
    """The outcome over the order of LATE, with these settings."""
    orders = pd.DataFrame([line.split(",") for line in LATE.splitlines()[1:]], columns=LATE.splitlines()[0].split(","))
    return audit(orders=orders, config=Config(as_of=AS_OF, **settings))


def test_what_a_rule_writes_into_the_books_no_other_sees(place):
    """A rule that writes over columns and cells of its books changes nobody else's findings."""
    spoil = "    books.items['unit_price'] = 0\n    books.items.loc[:, 'line_total'] = 0\n    books.found.clear()\n"
    text = RULE + f"def bad(books):\n{spoil}    return Hits(rows=books.items.head(0), evidence=Evidence('x'))\n"
    text += "bad.__doc__ = judge.__doc__\nbad = rule(**FACTS | dict(code='BAD001', name='bad'))(bad)\n"
    (place / "bad.py").write_text(text, encoding="utf-8")
    outcome = audited(rules=(str(place / "bad.py"), str(place / "good.py")))

    assert "clean" == outcome.rules.set_index("code").at["BAD001", "status"]
    assert ["CNF001", "LUM001"] == list(outcome.findings["rule"])
    assert [20001] == list(outcome.items["line_total"])


def test_a_fine_of_a_users_rule_alone_can_be_reported(place):
    """The fixed part of the fine stands with counterfeit risk also where no rule of that family found anything."""
    text = RULE.replace('"unit_price"}))', '"unit_price"}), fine=books.items["unit_price"])')
    (place / "fine.py").write_text(text + "fined = rule(**FACTS, exposure=(Exposure.FINE,))(judge)\n", encoding="utf-8")
    done = run(place, "--rules", "fine.py", "--fail-on", "critical")

    assert 0 == done.returncode
    assert (200.01, 100.0) == (summary(place)["exposure_eur"]["fine"], summary(place)["exposure_eur"]["fine_fixed"])


def test_a_finding_of_rules_that_failed_is_out_of_view_and_never_gone(place):
    """The next night's broken file says nothing of what it found the night before."""
    run(place, "--rules", "good.py", "--history", "nights.db")
    (place / "good.py").write_text("1 / 0\n", encoding="utf-8")
    done = run(place, "--rules", "good.py", "--history", "nights.db", "--as-of", "2026-11-24T06:00")

    assert 12 == done.returncode
    assert {"open": 1, "out_of_view": 1, "gone": 0}.items() <= summary(place)["lifecycle"].items()


def offered(place, points):
    """A folder in which a package is installed that offers rules under entry points."""
    packages = place / "packages"
    (packages / "lumio-1.0.dist-info").mkdir(parents=True)
    (packages / "lumio-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: lumio\nVersion: 1.0\n", encoding="utf-8")
    (packages / "lumio-1.0.dist-info" / "entry_points.txt").write_text("[order_audit.rules]\n" + points, encoding="utf-8")
    second = "second = rule(**FACTS | dict(code='LUM002', name='second', after=('LUM001',)))(judge)\nRULES = [dear_order, second]\n"
    (packages / "lumio.py").write_text("print('hello')\n" + GOOD + second, encoding="utf-8")
    return str(packages)


@pytest.mark.parametrize(
    ("points", "codes"),
    [
        ("shop = lumio\n", ["LUM001", "LUM002"]),
        ("shop = lumio:RULES\n", ["LUM001", "LUM002"]),
        ("shop = lumio:dear_order\n", ["LUM001"]),
    ],
)
def test_an_installed_package_offers_rules(points, codes, place):
    """An entry point names a module, a list of rules or one; what the package prints does not mix with the catalogue."""
    done = order_audit("rules", "--format", "json", cwd=place, PYTHONPATH=offered(place, points))

    assert codes == [rule["code"] for rule in json.loads(done.stdout)["rules"]][len(OURS.rules) :]
    assert "hello\n" == done.stderr


def test_a_broken_entry_point_fails_alone(place):
    """It is shown under its name, beside the rules of files, and the run ends in 12."""
    done = run(place, "--rules", "good.py", PYTHONPATH=offered(place, "gone = lumio_gone\nodd = lumio:FACTS\n"))

    assert 12 == done.returncode
    assert ["CNF001", "LUM001"] == found(place)
    assert "failed: gone: it can't be imported: ModuleNotFoundError: No module named 'lumio_gone'\n" in done.stdout
    assert "failed: odd: it holds no rule\n" in done.stdout


def test_a_test_of_a_rule_that_no_audit_would_take_in_fails(place):
    """audit.testing judges by a user's rule, and refuses one that would be refused."""
    rule = equipped(Config(rules=(str(place / "good.py"),))).catalogue.by_code["LUM001"]

    assert [[], ["LUM001"]] == [[hit["rule"] for hit in findings(rule, orders=[order(unit_price=price)])] for price in ("200.00", "200.01")]
    with pytest.raises(ValueError, match="REG001: its code REG001 is that of the rule registered-mail-missing"):
        findings(replace(rule, code="REG001"), orders=[order()])


def test_the_catalogue_with_a_users_rules_starts_without_anything_heavy(place):
    """Listing and explaining a user's rules imports no pandas."""
    code = (
        "import sys; from audit.plugins import assemble; assert 'LUM001' in assemble(sys.argv[1:]).by_code; print('pandas' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code, place / "good.py"], capture_output=True, text=True, check=True)

    assert "False" == shown.stdout.strip()


def test_the_readmes_example_works_as_it_stands(tmp_path):
    """The rule and its test in the README pass, and the rule finds something in the sample."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## Your own rules")[1].split("\n## ")[0]
    for name, text in zip(("my_rules.py", "test_my_rules.py"), re.findall(r"```python\n(.*?)```", section, re.DOTALL), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], cwd=tmp_path, capture_output=True, check=False
    )
    done = order_audit("run", ROOT / "sample_data", "--out", "out", "--rules", "my_rules.py", "--formats", "csv", cwd=tmp_path)

    assert (0, 10) == (tested.returncode, done.returncode)
    assert "OWN001" in found(tmp_path)
