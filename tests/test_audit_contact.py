"""Customer service: its hours to the second, in two time zones and over both clock changes, and the number that it asks for."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from audit.contact import FORM, PARIS, article, hours

COMMAND = str(Path(sys.executable).with_name("order-audit"))
WORKDAYS = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"]
WEEKEND = ["2026-11-28", "2026-11-29"]
CLOSING = [(day, "20:00:00") for day in WORKDAYS] + [(day, "19:00:00") for day in WEEKEND]


def contact(*arguments, cwd, **environment):
    """Run the command in a folder of its own, so that no settings are found by chance."""
    bare = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(
        [COMMAND, "contact", *arguments], capture_output=True, text=True, check=False, cwd=cwd, env=bare, encoding="utf-8"
    )


def at(text):
    """An instant: in Paris unless the text tells its zone."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=PARIS)


@pytest.mark.parametrize("day", [*WORKDAYS, *WEEKEND])
def test_it_opens_at_eight(day):
    """At 8:00 sharp it is open, a second before it is not and opens the same morning."""
    before, sharp = hours(at(f"{day} 07:59:59")), hours(at(f"{day} 08:00:00"))

    assert (False, None, at(f"{day} 08:00")) == (before.open, before.closes, before.opens)
    assert sharp.open


@pytest.mark.parametrize(("day", "closing"), CLOSING)
def test_it_closes_at_eight_on_working_days_and_at_seven_on_weekends(day, closing):
    """A second before closing time it is open, at that very time it is closed."""
    sharp = at(f"{day} {closing}")
    before, then = hours(datetime.fromtimestamp(sharp.timestamp() - 1, tz=PARIS)), hours(sharp)

    assert (True, sharp) == (before.open, before.closes)
    assert (False, None) == (then.open, then.closes)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23 00:00:00", "2026-11-23 08:00"),
        ("2026-11-23 20:00:00", "2026-11-24 08:00"),
        ("2026-11-27 20:00:00", "2026-11-28 08:00"),
        ("2026-11-28 19:00:00", "2026-11-29 08:00"),
        ("2026-11-29 23:59:59", "2026-11-30 08:00"),
        ("2026-12-31 20:00:00", "2027-01-01 08:00"),
        ("2026-11-23 12:00:00", "2026-11-24 08:00"),
    ],
)
def test_it_opens_next_on_the_following_morning(moment, opens):
    """After closing time, and while it is open, the next opening is that of the day after; every day has one."""
    assert at(opens) == hours(at(moment)).opens


@pytest.mark.parametrize(
    ("moment", "is_open", "opens"),
    [
        ("2026-03-28T18:00:00+00:00", False, "2026-03-29T08:00:00+02:00"),
        ("2026-03-29T05:59:59+00:00", False, "2026-03-29T08:00:00+02:00"),
        ("2026-03-29T06:00:00+00:00", True, "2026-03-30T08:00:00+02:00"),
        ("2026-03-29T16:59:59+00:00", True, "2026-03-30T08:00:00+02:00"),
        ("2026-03-29T17:00:00+00:00", False, "2026-03-30T08:00:00+02:00"),
        ("2026-10-24T17:00:00+00:00", False, "2026-10-25T08:00:00+01:00"),
        ("2026-10-25T06:59:59+00:00", False, "2026-10-25T08:00:00+01:00"),
        ("2026-10-25T07:00:00+00:00", True, "2026-10-26T08:00:00+01:00"),
        ("2026-10-25T17:59:59+00:00", True, "2026-10-26T08:00:00+01:00"),
        ("2026-10-25T18:00:00+00:00", False, "2026-10-26T08:00:00+01:00"),
    ],
)
def test_the_hours_are_those_of_paris_over_both_clock_changes(moment, is_open, opens):
    """On the Sundays of 23 and of 25 hours the hours are the wall clock's in Paris."""
    state = hours(at(moment))

    assert (is_open, opens) == (state.open, state.opens.isoformat())


@pytest.mark.parametrize(
    ("moment", "is_open"), [("2026-11-23 14:59:59", False), ("2026-11-23 15:00:00", True), ("2026-11-24 02:59:59", True)]
)
def test_an_instant_of_another_zone_is_looked_up_in_paris(moment, is_open):
    """Three in the afternoon in Shanghai is eight in the morning in Paris, in winter."""
    shanghai = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Shanghai"))

    assert is_open == hours(shanghai).open


@pytest.mark.parametrize(
    ("order", "number"),
    [
        ("943043563/1510011166", "1510011166"),
        (" 943043563 / 0510011166 ", "0510011166"),
        ("９４３／１５１", "151"),
    ],
)
def test_the_number_to_cite_is_the_part_after_the_slash(order, number):
    """With its zeros, without the spaces around it, in plain digits."""
    assert number == article(order)


def test_what_a_person_reads(tmp_path):
    """Hours in Paris, Chinese, the form's address, what its field wants, and the number of each order."""
    done = contact("943043563/1510011166", "943043571/1510011177", "--as-of", "2026-11-27T20:00", cwd=tmp_path)

    assert (0, "") == (done.returncode, done.stderr)
    assert [
        "Customer service is closed: Friday 27 November 2026 20:00 in Paris.",
        "It opens on Saturday 28 November 2026 08:00 in Paris.",
        "Hours: Monday to Friday 8:00 to 20:00, Saturday and Sunday 8:00 to 19:00, Paris. Chinese is answered.",
        "Form: https://help.fr.shopping.rakuten.net/hc/zh-cn/articles/4409553944082",
        'Its field "Numéro de commande" wants the article number, the part after the slash.',
        "Attachments: at most 10 files of 50 MB; order-audit evidence DIR checks them.",
        "943043563/1510011166: write 1510011166",
        "943043571/1510011177: write 1510011177",
    ] == done.stdout.splitlines()


def test_the_sellers_own_time_stands_beside_that_of_paris(tmp_path):
    """The settings' seller_zone is shown, and their limits are quoted."""
    (tmp_path / "order-audit.toml").write_text(
        '[shop]\nseller_zone = "Asia/Shanghai"\n\n[limits]\nmost_attachments = 8\n', encoding="utf-8"
    )
    told = contact("--as-of", "2026-11-23T19:59:59", cwd=tmp_path).stdout.splitlines()

    assert "Customer service is open: Monday 23 November 2026 19:59 in Paris, Tuesday 02:59 Asia/Shanghai." == told[0]
    assert "It closes on Monday 23 November 2026 20:00 in Paris, Tuesday 03:00 Asia/Shanghai." == told[1]
    assert "Attachments: at most 8 files of 50 MB; order-audit evidence DIR checks them." == told[5]


def test_an_as_of_without_a_zone_is_shop_time(tmp_path):
    """A shop whose times are those of Shanghai asks at three in the afternoon: eight in Paris."""
    (tmp_path / "order-audit.toml").write_text('[shop]\ntime_zone = "Asia/Shanghai"\n', encoding="utf-8")
    told = contact("--as-of", "2026-11-23T15:00", cwd=tmp_path).stdout

    assert told.startswith("Customer service is open: Monday 23 November 2026 08:00 in Paris.")


@pytest.mark.parametrize(("moment", "closes"), [("2026-11-28T18:59:59", "2026-11-28T19:00:00+01:00"), ("2026-11-28T19:00", None)])
def test_what_a_machine_reads(moment, closes, tmp_path):
    """The same as JSON: times with their zone, and no closing time while it is closed."""
    done = contact("943043563/1510011166", "--format", "json", ORDER_AUDIT_AS_OF=moment, cwd=tmp_path)

    assert {
        "version": 1,
        "open": closes is not None,
        "now": at(moment).isoformat(),
        "closes": closes,
        "opens": "2026-11-29T08:00:00+01:00",
        "form": FORM,
        "field": "Numéro de commande",
        "orders": [{"order": "943043563/1510011166", "article": "1510011166"}],
    } == json.loads(done.stdout)


@pytest.mark.parametrize("order", ["943043563", "943043563/", "/1510011166", "943043563/1510011166/2", "943043563/abc", "/", "a/b"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_wrong_order_number_is_wrong_usage(order, form, tmp_path):
    """What has no article number ends in 2, names itself and shows a right one; nothing else is told."""
    done = contact("943043563/1510011166", order, "--format", form, cwd=tmp_path)

    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.endswith(
        f"Error: {order} is no order number. Give purchase and article with a slash between them, such as 943043563/1510011166.\n"
    )
