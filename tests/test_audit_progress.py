"""Progress: drawn on a terminal for long work, by stage and amount, and nowhere else."""

import io
from contextlib import redirect_stderr

import pytest

from audit import progress
from schemas.language import language


def watching():
    """A terminal in place of standard error."""
    return redirect_stderr(Terminal())


class Terminal(io.StringIO):
    """Standard error of somebody who watches."""

    def isatty(self):
        """It is a terminal."""
        return True

    @property
    def last(self):
        """What was drawn last."""
        return self.getvalue().replace("\x1b[?25h", "").replace("\x1b[?25l", "").rstrip().rpartition("\r")[2]


def test_a_stage_is_drawn_with_its_bytes():
    """A file half read shows half a bar and the megabytes; what is read twice counts once; the end shows the whole."""
    with watching() as terminal, progress.shown(language("en"), quiet=False), progress.drawn("reading", 4_000_000, in_bytes=True):
        progress.reach("orders.csv", 1_000_000)
        progress.reach("shipments.csv", 1_000_000)
        progress.reach("orders.csv", 500_000)

        assert "reading" in terminal.last
        assert "50%" in terminal.last
        assert terminal.last.endswith("2.0 / 4.0 MB")

    assert "100%" in terminal.last


def test_steps_are_drawn_after_a_long_reading():
    """Rules are counted as steps, each a share of the bar, in the language that is spoken."""
    with watching() as terminal, progress.shown(language("fr"), quiet=False):
        with progress.drawn("reading", progress.LONG, in_bytes=True):
            pass
        with progress.drawn("judging", 4, in_bytes=False):
            progress.step()

            assert terminal.last.startswith("évaluation")
            assert "25%" in terminal.last


def test_more_than_was_foreseen_is_no_more_than_the_whole():
    """A file that has grown since it was weighed does not draw beyond the end."""
    with watching() as terminal, progress.shown(language("en"), quiet=False), progress.drawn("reading", progress.LONG, in_bytes=True):
        progress.reach("orders.csv", 2 * progress.LONG)

        assert "100%" in terminal.last


@pytest.mark.parametrize(("length", "drawn"), [(progress.LONG, True), (progress.LONG - 1, False), (0, False)])
def test_short_work_draws_nothing(length, drawn):
    """From two megabytes on a run is worth watching."""
    with watching() as terminal, progress.shown(language("en"), quiet=False), progress.drawn("reading", length, in_bytes=True):
        progress.reach("orders.csv", length)

    assert drawn is bool(terminal.getvalue())


def test_nothing_is_drawn_where_nobody_watches():
    """Without a terminal, as under cron, not a byte is written."""
    with (
        redirect_stderr(io.StringIO()) as hidden,
        progress.shown(language("en"), quiet=False),
        progress.drawn("reading", progress.LONG, in_bytes=True),
    ):
        progress.reach("orders.csv", progress.LONG)
        progress.step()

    assert "" == hidden.getvalue()


def test_quiet_draws_nothing():
    """--quiet holds on a terminal too."""
    with watching() as terminal, progress.shown(language("en"), quiet=True), progress.drawn("reading", progress.LONG, in_bytes=True):
        progress.reach("orders.csv", progress.LONG)

    assert "" == terminal.getvalue()


def test_outside_of_a_command_nothing_is_drawn():
    """In a notebook and in workers nothing shows progress, and saying that work is done does no harm."""
    with watching() as terminal, progress.drawn("reading", progress.LONG, in_bytes=True):
        progress.reach("orders.csv", progress.LONG)
        progress.step()

    assert "" == terminal.getvalue()
