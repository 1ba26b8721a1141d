"""The command: options, streams, exit codes and outputs, through the real process where that matters."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.cli import cli, main

SAMPLE = Path(__file__).parent.parent / "sample_data"
COMMAND = [str(Path(sys.executable).with_name("order-audit"))]
ORDERS = "purchase_id,item_id,ordered_at,unit_price,status,confirmed_at\n"
FINE = ORDERS + "1,11,2026-11-22 10:00,20.00,to_confirm,\n"
LATE = ORDERS + "1,11,2026-11-10 10:00,20.00,shipped,2026-11-13 10:01\n"


def order_audit(*arguments, cwd=None, **environment):
    """Run the command as cron does: a bare environment and no terminal."""
    bare = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, cwd=cwd, env=bare, encoding="utf-8"
    )


@pytest.fixture
def exports(tmp_path):
    """A folder with one export; call it with its text."""

    def write(text, name="orders.csv"):
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        return folder

    return write


def audit(folder, out, *more):
    """Run over a folder as of the tests' morning."""
    return order_audit("run", folder, "--out", out, "--as-of", "2026-11-23T06:00", *more, cwd=folder)


def test_exit_0_where_nothing_is_found(exports, tmp_path):
    """A fine night ends in 0 and says so."""
    done = audit(exports(FINE), tmp_path / "out")

    assert (0, "") == (done.returncode, done.stderr)
    assert "findings: none" in done.stdout


def test_exit_10_at_or_above_fail_on(exports, tmp_path):
    """A high finding ends in 10, unless --fail-on asks for worse or for nothing."""
    folder = exports(LATE)

    assert [10, 0, 0, 10] == [
        audit(folder, tmp_path / "out", *more).returncode
        for more in ((), ("--fail-on", "critical"), ("--fail-on", "never"), ("--fail-on", "low"))
    ]


def test_exit_1_names_every_faulty_file_and_writes_nothing(exports, tmp_path):
    """Each file that can't be used is named at once, with what is wrong and what to try."""
    folder = exports("purchase_id,item_id,unit_price,status\n1,11,20.00,shipped\n")
    exports("<html><body>Please sign in</body></html>", "shipments.xls")
    done = audit(folder, tmp_path / "out")

    assert (1, "") == (done.returncode, done.stdout)
    assert "orders.csv: looks like orders, but lacks the column ordered_at." in done.stderr
    assert "shipments.xls: is a web page or XML, not a table." in done.stderr
    assert not (tmp_path / "out" / "findings.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run", "x.csv"), "Missing option '--out'"),
        (("run", "--out", "o"), "No input: name files or folders"),
        (("run", "x.csv", "--out", "o", "--select", "REG999"), "unknown rule REG999"),
        (("run", "x.csv", "--out", "o", "--fail-on", "bad"), "'bad' is not one of"),
        (("run", "x.csv", "--out", "o", "--as-of", "yesterday"), "is not a time such as 2026-11-23T06:00"),
        (("run", "x.csv", "--out", "o", "--surprise"), "No such option '--surprise'"),
        (("explain", "REG01"), "Did you mean REG001?"),
    ],
)
def test_exit_2_for_wrong_usage(arguments, told, tmp_path):
    """An unknown option or code is a matter of usage, and the nearest valid one is offered."""
    done = order_audit(*arguments, cwd=tmp_path)

    assert 2 == done.returncode
    assert told in done.stderr.replace("\n", " ")


def test_exit_3_without_an_order_row(exports, tmp_path):
    """An empty export still gives a whole report, which says so first."""
    done = audit(exports(ORDERS), tmp_path / "out")

    assert 3 == done.returncode
    assert done.stdout.startswith("no order could be audited")
    assert (tmp_path / "out" / "risk_report.xlsx").exists()


NAMED = {
    "orders": ORDERS + "{0},1{0},2026-11-10 10:00,20.00,shipped,2026-11-13 10:01\n",
    "shipments": "purchase_id,item_id,shipped_at\n{0},1{0},2026-11-14 10:00\n",
    "claims": "claim_id,purchase_id,item_id,opened_at,claim_type,claim_status\nC{0},{0},1{0},2026-11-22 10:00,damaged,open\n",
    "refunds": "refund_id,purchase_id,item_id,refunded_at,amount,channel\nF{0},{0},1{0},2026-11-22 10:00,5.00,platform_rebate\n",
    "messages": "message_id,sent_at,sender,recipient,body\nM{0},2026-11-22 10:00,seller,platform,Bonjour {0}/1{0}\n",
    "listings": "sku,price,stock\nS{0},20.00,3\n",
    "authorisations": "brand,valid_to\nLacoste {0},2027-12-31\n",
}
"""A file of each table with one row, whose number is left open."""


def test_every_table_can_be_named():
    """Run and check have an option for each table, in the tables' order."""
    from audit.cli import TABLES
    from schemas.tables import TABLES as KNOWN

    assert list(KNOWN) == list(TABLES) == list(NAMED)


@pytest.mark.parametrize("table", NAMED)
def test_a_table_is_read_from_the_file_that_its_option_names(table, exports, tmp_path):
    """--claims F and the like name a table's file outright, once or more often, whatever the file is called."""
    file, other = (exports(NAMED[table].format(number), f"{number}.dat") / f"{number}.dat" for number in (1, 2))
    orders = () if table == "orders" else ("--orders", exports(LATE) / "orders.csv")
    done = order_audit("run", f"--{table}", file, f"--{table}", other, *orders, "--out", tmp_path / "out", "--as-of", "2026-11-23T06:00")
    inputs = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["inputs"]

    assert done.returncode in (0, 10)
    assert [("1.dat", table, 1), ("2.dat", table, 1)] == [
        (row["file"], row["table"], row["accepted"]) for row in inputs if ".dat" in row["file"]
    ]


@pytest.mark.parametrize(
    ("table", "lacking"),
    [
        ("claims", "claim_id, opened_at, claim_type"),
        ("refunds", "refund_id, refunded_at, amount, channel"),
        ("messages", "message_id, sent_at, sender, recipient, body"),
    ],
)
def test_a_file_named_as_another_table_is_refused(table, lacking, exports, tmp_path):
    """Orders named as claims lack the columns of claims, and are named with each of them."""
    file = exports(LATE) / "orders.csv"
    done = order_audit("run", f"--{table}", file, "--out", tmp_path / "out")

    assert 1 == done.returncode
    assert f"orders.csv: looks like {table}, but lacks the columns {lacking}." in done.stderr


def test_exit_11_above_the_share_of_refused_rows(exports, tmp_path):
    """More refused rows than allowed wins over findings; exactly the share is allowed."""
    folder = exports(LATE + "2,21,2026-11-10 10:00,free,shipped,2026-11-13 10:01\n")

    assert [11, 10] == [audit(folder, tmp_path / "out", "--max-quarantine", share).returncode for share in ("0.49", "0.5")]


def test_exit_12_where_a_rule_fails(exports, tmp_path, monkeypatch):
    """A rule that breaks is shown as failed, with the others' findings intact."""
    from dataclasses import replace

    from audit import plugins
    from audit.rules import RULES

    def broken(_books):
        raise ZeroDivisionError

    monkeypatch.setattr(plugins, "RULES", tuple(replace(rule, judge=broken) if rule.code == "REG004" else rule for rule in RULES))
    done = CliRunner().invoke(cli, ["run", str(exports(LATE)), "--out", str(tmp_path / "out"), "--as-of", "2026-11-23T06:00"])

    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert 12 == done.exit_code
    assert {"failed"} == {rule["status"] for rule in summary["rules"] if rule["code"] == "REG004"}
    assert {"found"} == {rule["status"] for rule in summary["rules"] if rule["code"] == "CNF001"}


def test_quiet_prints_nothing_on_success(exports, tmp_path):
    """Silence means success; with findings the result goes to standard error."""
    fine = audit(exports(FINE), tmp_path / "out", "--quiet")
    assert ("", "") == (fine.stdout, fine.stderr)
    done = audit(exports(LATE), tmp_path / "out", "--quiet")
    assert "" == done.stdout
    assert "findings: 1" in done.stderr


def test_every_option_has_its_environment_name(exports, tmp_path):
    """Cron may set options by ORDER_AUDIT_ names."""
    done = order_audit(
        "run", exports(LATE), ORDER_AUDIT_OUT=str(tmp_path / "out"), ORDER_AUDIT_AS_OF="2026-11-23T06:00", ORDER_AUDIT_FAIL_ON="never"
    )

    assert 0 == done.returncode


def test_selecting_rules_changes_no_verdict(exports, tmp_path):
    """Selected rules say what they say in a whole run; the others are shown as not selected."""
    audit(exports(LATE), tmp_path / "whole")
    audit(exports(LATE), tmp_path / "part", "--select", "CNF")
    whole, part = ((tmp_path / name / "findings.csv").read_text(encoding="utf-8-sig").splitlines() for name in ("whole", "part"))

    assert [line for line in whole if ",CNF" in line or line.startswith("finding_id")] == part


def test_outputs_are_all_there_and_hashed(exports, tmp_path):
    """summary.json is the commit mark: it names each output's hash."""
    out = tmp_path / "out"
    audit(exports(LATE), out)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))

    assert {"findings.csv", "risk_report.xlsx"} <= {entry["file"] for entry in summary["outputs"]}
    assert all(hashlib.sha256((out / entry["file"]).read_bytes()).hexdigest() == entry["sha256"] for entry in summary["outputs"])
    assert not (out / ".staging").exists()


def test_formats_add_and_leave_out_outputs(exports, tmp_path):
    """Parquet holds the findings with exact euros; a run without the workbook takes the earlier one away, and names findings.csv."""
    from decimal import Decimal

    import pandas as pd

    out = tmp_path / "out"
    folder = exports(ORDERS.replace("\n", ",shipping_mode\n") + "1,11,2026-11-10 10:00,20.10,shipped,2026-11-10 11:00,normal\n")
    audit(folder, out)
    done = audit(folder, out, "--formats", "csv,json,parquet")
    table = pd.read_parquet(out / "findings.parquet")

    assert 0 == done.returncode
    assert f"report: {out / 'findings.csv'}" == done.stdout.splitlines()[-1]
    assert not (out / "risk_report.xlsx").exists()
    assert [("REG004", Decimal("20.10"))] == list(zip(table["rule"], table["exposure_sale_eur"], strict=True))


def test_the_same_inputs_give_the_same_bytes(tmp_path):
    """Two runs, under two hash seeds, write the same findings.csv and the same workbook."""
    for name, seed in (("a", "1"), ("b", "2")):
        order_audit("run", SAMPLE, "--out", tmp_path / name, "--fail-on", "never", PYTHONHASHSEED=seed)

    for file in ("findings.csv", "risk_report.xlsx", "summary.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_a_failed_run_leaves_the_earlier_report(exports, tmp_path):
    """What was there before stays whole when an input can't be used."""
    out = tmp_path / "out"
    audit(exports(LATE), out)
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}

    assert 1 == audit(exports("nonsense\n"), out).returncode
    assert before == {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


def test_a_run_killed_within_the_moves_is_completed_by_the_next(exports, tmp_path):
    """A staged report that was marked ready is moved into place before anything else happens."""
    from audit import Config, audit
    from audit.outputs import recover, stage

    out = tmp_path / "out"
    out.mkdir()
    outcome = audit(exports(LATE), config=Config(as_of="2026-11-23T06:00"))
    stage(outcome, out, ("xlsx",))
    recover(out)

    assert {"findings.csv", "quarantine", ".tables", "risk_report.xlsx", "summary.json"} == {path.name for path in out.iterdir()}


def test_exit_4_where_another_run_holds_the_folder(exports, tmp_path):
    """The second run says who holds the folder."""
    from audit.outputs import holding

    with holding(tmp_path / "out"):
        done = audit(exports(FINE), tmp_path / "out")

    assert 4 == done.returncode
    assert f"is held by process {os.getpid()}" in done.stderr


def test_an_output_folder_that_can_not_be_made_is_named(exports, tmp_path):
    """A file where the folder should be, or above it, is told in a sentence."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    folder = exports(FINE)
    there, above = audit(folder, tmp_path / "file"), audit(folder, tmp_path / "file" / "out")

    assert (1, 1) == (there.returncode, above.returncode)
    assert "stands where the output folder should be." in there.stderr
    assert "the report can't be written there (Not a directory)." in above.stderr
    assert "Traceback" not in there.stderr + above.stderr


def test_files_that_are_no_export_are_listed(exports, tmp_path):
    """A file of the folder that is not understood is never passed over in silence."""
    folder = exports(FINE)
    exports("some,other,table\n1,2,3\n", "stock.csv")
    done = audit(folder, tmp_path / "out")

    assert (0, "warning: Left aside, for they are no exports: stock.csv.\n") == (done.returncode, done.stderr)


def test_check_reads_only(exports):
    """Check tells the ledger, the refused rows and which rules could run."""
    folder = exports((LATE + "2,21,2026-11-10 10:00,free,shipped,\n").replace("\n", ",x\n").replace(",x", ",Couleur", 1))
    done = order_audit("check", folder, "--as-of", "2026-11-23T06:00", "--max-quarantine", "1", cwd=folder)

    assert 0 == done.returncode
    assert "orders.csv: orders; 2 rows = 1 accepted + 1 refused + 0 duplicates + 0 blank" in done.stdout
    assert "orders.csv: utf-8, commas, header in row 1, 6 columns understood" in done.stdout
    assert "orders.csv: not understood and left out: Couleur" in done.stdout
    assert "orders.csv, row 3: free is not a number" in done.stdout
    assert "TRK001 can't: no file holds shipments" in done.stdout


def test_check_and_rules_speak_json(exports):
    """Machines get documents that their schemas describe."""
    import jsonschema

    folder = exports(LATE)
    for arguments, schema in ((("check", folder, "--format", "json"), "check"), (("rules", "--format", "json"), "rules")):
        document = json.loads(order_audit(*arguments, cwd=folder).stdout)
        described = json.loads((SAMPLE.parent / "audit" / f"{schema}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(described).validate(document)


def test_rules_lists_a_line_each():
    """The catalogue is one line a rule."""
    from audit.rules import RULES

    assert len(RULES) == len(order_audit("rules").stdout.splitlines())


def test_explain_shows_the_page():
    """A page holds why, breach, fine, sources and parameters."""
    shown = order_audit("explain", "registered-mail-missing").stdout

    assert all(words in shown for words in ("Why:", "Breach:", "Fine:", "registered_above_eu = 200 EUR", "Help page"))


def test_init_writes_settings_that_change_nothing(tmp_path):
    """The file that init writes is valid as it stands, and with every # of a setting taken away."""
    from audit.config import Config, load

    assert 0 == order_audit("init", tmp_path).returncode
    path = tmp_path / "order-audit.toml"
    assert Config(file=str(path)) == load(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line.removeprefix("# ") if " = " in line else line for line in lines), encoding="utf-8")
    assert load(path).limits["confirm_within"] == 48
    assert 2 == order_audit("init", tmp_path).returncode


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[shop]\nname = 'A'\ngrad = 'B'\n", "line 3: unknown key grad in [shop]. Did you mean grade?"),
        ("[limits]\nconfirm_whitin = 40\n", "line 2: unknown key confirm_whitin in [limits]. Did you mean confirm_within?"),
        ("[limits]\nconfirm_within = 'soon'\n", "line 2: limits.confirm_within is 'soon'. It takes a number from 0."),
        ("[severity]\nREG01 = 'low'\n", "unknown key REG01 in [severity]. Did you mean REG001?"),
        ("[shop]\ngrade = 'E'\n", "shop.grade is 'E'. It takes one of A, B, C, D."),
    ],
)
def test_a_wrong_setting_stops_before_any_data_is_read(text, told, tmp_path):
    """The line, the key and the nearest valid name are told."""
    path = tmp_path / "order-audit.toml"
    path.write_text(text, encoding="utf-8")
    done = order_audit("run", tmp_path, "--out", tmp_path / "out")

    assert 2 == done.returncode
    assert told in " ".join(done.stderr.replace("error: ", "").replace("try: ", "").split())


def test_two_settings_files_are_an_error(exports, tmp_path):
    """Beside the inputs and here: one must be named."""
    folder = exports(FINE)
    (folder / "order-audit.toml").write_text("", encoding="utf-8")
    (tmp_path / "order-audit.toml").write_text("", encoding="utf-8")
    done = order_audit("run", folder, "--out", tmp_path / "out", cwd=tmp_path)

    assert 2 == done.returncode
    assert "Several settings could be meant" in done.stderr


def test_as_of_from_the_settings_is_said(tmp_path):
    """A fixed as-of is told on every run."""
    done = order_audit("run", SAMPLE, "--out", tmp_path / "out", "--fail-on", "never")

    assert "warning: Judged as of 23 Nov 2026 06:00, which the settings fix." in done.stderr


def test_main_ends_audit_errors_without_a_traceback(monkeypatch, capsys, tmp_path):
    """What a person can mend is a sentence, never a traceback."""
    monkeypatch.setattr(sys, "argv", ["order-audit", "run", str(tmp_path / "none.csv"), "--out", str(tmp_path / "out")])
    with pytest.raises(SystemExit) as end:
        main()

    assert 1 == end.value.code
    assert "there is no such file or folder" in capsys.readouterr().err
