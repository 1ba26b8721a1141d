"""A folder of evidence against customer service's limits, at and beyond each, through the real process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from audit.evidence import look
from audit.limits import Limits

COMMAND = str(Path(sys.executable).with_name("order-audit"))
HEAD = "Files: {}. Customer service takes at most 10 in a sending, none above 50 MB."
EXACTLY = 50_000_000
"""Bytes of 50 MB."""


def evidence(folder, *arguments):
    """Run the command on a folder, from the folder above it."""
    return subprocess.run(
        [COMMAND, "evidence", folder.name, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder.parent,
        env={"PATH": os.environ["PATH"]},
        encoding="utf-8",
    )


@pytest.fixture
def proofs(tmp_path):
    """A folder; call it with the size in bytes of each file's path. The files take no room on disk."""
    folder = tmp_path / "proofs"
    folder.mkdir()

    def fill(sizes):
        for name, size in sizes.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.truncate(size)
        return folder

    return fill


def numbered(count):
    """Names and sizes of so many small files."""
    return {f"photo{number:02d}.jpg": 1000 for number in range(1, count + 1)}


def test_ten_files_go_in_one_sending(proofs):
    """Exactly ten files end in 0."""
    done = evidence(proofs(numbered(10)))

    assert (0, "") == (done.returncode, done.stderr)
    assert [HEAD.format(10), "All can go in one sending."] == done.stdout.splitlines()


def test_eleven_files_are_split(proofs):
    """One more ends in 1, and says which go together."""
    done = evidence(proofs(numbered(11)))

    assert 1 == done.returncode
    assert [
        HEAD.format(11),
        "Send them in 2 messages:",
        "Sending 1: " + ", ".join(f"photo{number:02d}.jpg" for number in range(1, 11)),
        "Sending 2: photo11.jpg",
    ] == done.stdout.splitlines()


def test_a_file_of_exactly_50_mb_goes(proofs):
    """Exactly 50 MB ends in 0."""
    done = evidence(proofs({"film.mp4": EXACTLY}))

    assert (0, [HEAD.format(1), "All can go in one sending."]) == (done.returncode, done.stdout.splitlines())


def test_one_byte_more_is_too_large(proofs):
    """The file is named with its size to the byte; alone, nothing is left to send."""
    done = evidence(proofs({"film.mp4": EXACTLY + 1}))

    assert 1 == done.returncode
    assert [HEAD.format(1), "Too large: film.mp4, 50.000001 MB. Make it smaller, or send a part of it."] == done.stdout.splitlines()


def test_the_others_go_without_the_one_that_is_too_large(proofs):
    """Ten small files beside a large one still go in one sending, but the folder as it stands does not fit."""
    done = evidence(proofs({**numbered(10), "film.mp4": 60_000_000}))

    assert 1 == done.returncode
    assert [
        HEAD.format(11),
        "Too large: film.mp4, 60 MB. Make it smaller, or send a part of it.",
        "The others can go in one sending.",
    ] == done.stdout.splitlines()


def test_hidden_files_and_folders_do_not_count(proofs):
    """What the system keeps beside the pictures is no evidence."""
    done = evidence(proofs({"photo.jpg": 1000, ".DS_Store": EXACTLY + 1, ".thumbnails/photo.png": EXACTLY + 1}))

    assert (0, HEAD.format(1)) == (done.returncode, done.stdout.splitlines()[0])


def test_files_of_sub_folders_count(proofs):
    """They are named by their path within the folder."""
    folder = proofs({"photo.jpg": 1000, "invoices/march.pdf": 1000, "invoices/april/big.pdf": EXACTLY + 1})

    found = look(folder, Limits())
    assert (("invoices/april/big.pdf", EXACTLY + 1), ("invoices/march.pdf", 1000), ("photo.jpg", 1000)) == found.files
    assert ("invoices/april/big.pdf",) == found.too_large


@pytest.mark.parametrize("hidden", [{}, {".DS_Store": 6148}])
def test_a_folder_without_evidence_is_wrong_usage(proofs, hidden):
    """An empty folder, or one that holds hidden files alone, ends in 2 and says so."""
    done = evidence(proofs(hidden))

    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.endswith("Error: proofs: holds no file. Put the pictures, invoices and proofs into it.\n")


@pytest.mark.parametrize("is_file", [False, True])
def test_what_is_no_folder_is_wrong_usage(tmp_path, is_file):
    """A missing folder, or a file in its place, ends in 2 and says so."""
    if is_file:
        (tmp_path / "proofs").write_text("x", encoding="utf-8")
    done = evidence(tmp_path / "proofs")

    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.endswith("Error: proofs: is no folder. Name the folder that holds the evidence.\n")


def test_the_settings_move_the_limits(proofs, tmp_path):
    """A shop that was told other limits sets them."""
    (tmp_path / "own.toml").write_text("[limits]\nmost_attachments = 1\nlargest_attachment = 0.5\n", encoding="utf-8")
    done = evidence(proofs({"a.jpg": 500_000, "b.jpg": 500_000, "c.jpg": 500_001}), "--config", "own.toml")

    assert 1 == done.returncode
    assert [
        "Files: 3. Customer service takes at most 1 in a sending, none above 0.5 MB.",
        "Too large: c.jpg, 0.500001 MB. Make it smaller, or send a part of it.",
        "Send them in 2 messages:",
        "Sending 1: a.jpg",
        "Sending 2: b.jpg",
    ] == done.stdout.splitlines()
