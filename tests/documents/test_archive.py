"""Archives are unpacked only when every name in them stays inside, and no size is believed."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from migrator.core.errors import ArtifactError
from migrator.documents import archive as module
from migrator.documents.archive import unpacked


def packed(*names: str, content: bytes = b"x") -> io.BytesIO:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return data


def test_files_come_with_their_paths_and_content() -> None:
    assert [(one.path, one.content) for one in unpacked(packed("a.json", "api/b.json"), "it")] == [
        ("a.json", b"x"),
        ("api/b.json", b"x"),
    ]


def test_dependencies_and_folders_are_left_out() -> None:
    names = [one.path for one in unpacked(packed("function/f/", "function/f/src/node_modules/x.js", "a"), "it")]
    assert names == ["a"]


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "C:/a", "a\\..\\b", "a//b", "./a", ".."])
def test_a_name_that_leads_out_spoils_the_archive(name: str) -> None:
    with pytest.raises(ArtifactError, match="leads out of the folder"):
        list(unpacked(packed("good.json", name), "it"))


def test_nothing_is_handed_out_before_all_names_are_checked() -> None:
    with pytest.raises(ArtifactError):
        next(unpacked(packed("good.json", "../bad"), "it"))


def test_a_link_spoils_the_archive() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(ArtifactError, match="is a link"):
        list(unpacked(data, "it"))


def test_names_that_are_one_file_on_some_disks_spoil_the_archive() -> None:
    with pytest.raises(ArtifactError, match="twice"):
        list(unpacked(packed("api/A.json", "api/a.json"), "it"))


def test_a_file_that_grows_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_FILE", 1_000_000)
    with pytest.raises(ArtifactError, match="larger than 1 MB"):
        list(unpacked(packed("bomb", content=b"\0" * 2_000_000), "it"))


def test_the_sum_of_all_files_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_ARCHIVE", 3_000_000)
    with pytest.raises(ArtifactError, match="larger than"):
        list(unpacked(packed("a", "b", "c", "d", content=b"\0" * 1_000_000), "it"))


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 cut off"])
def test_what_is_no_archive_is_said(content: bytes) -> None:
    with pytest.raises(ArtifactError, match="it cannot be unpacked"):
        list(unpacked(io.BytesIO(content), "it"))


def test_a_damaged_file_is_said() -> None:
    data = packed("a.json", content=b"abc" * 1000).getvalue()
    broken = data[:45] + b"\xff\xff\xff" + data[48:]
    with pytest.raises(ArtifactError, match="it cannot be unpacked"):
        list(unpacked(io.BytesIO(broken), "it"))
