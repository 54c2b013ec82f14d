"""Parts that threads pack in lots: one stream, the same bytes always, and damage is seen."""

import zlib
from dataclasses import replace
from zipfile import ZipFile

import pytest

from xltool.surfaces.rollup_writer import packing
from xltool.surfaces.rollup_writer.content import Spooled, Stored
from xltool.surfaces.rollup_writer.package import holds
from xltool.surfaces.rollup_writer.packing import all_whole, packed

PIECES = [f"第{number}行".encode() * (number % 7) for number in range(300)]


@pytest.fixture(autouse=True)
def small_lots(monkeypatch):
    monkeypatch.setattr(packing, "LOT", 1000)


def stream(part: Stored) -> bytes:
    return zlib.decompress(part.part.read(), -zlib.MAX_WBITS)


@pytest.mark.parametrize("pieces", [[], [b""], [b"a"], PIECES, [b"".join(PIECES)]], ids=["nothing", "an empty piece", "one byte", "many lots", "one long piece"])
def test_a_part_in_lots_is_one_stream_with_its_size_and_check_sum(tmp_path, pieces):
    part = packed(pieces, tmp_path / "x", 1)
    assert b"".join(pieces) == stream(part)
    assert (len(stream(part)), zlib.crc32(stream(part))) == (part.size, part.check)
    assert all_whole([part])


def test_the_same_part_becomes_the_same_bytes_however_many_threads_there_are(tmp_path, monkeypatch):
    found = set()
    for threads in (1, 2, 5):
        monkeypatch.setattr(packing, "THREADS", threads)
        found.add(packed(PIECES, tmp_path / "x", 6).part.read())
    assert 1 == len(found)


def test_a_lot_is_packed_with_what_came_before_in_view(tmp_path):
    """Fifty lots of the same thousand bytes take little more than one."""
    piece = bytes(range(256)) * 4
    assert packed([piece] * 50, tmp_path / "x", 6).part.length < 2 * packed([piece], tmp_path / "y", 6).part.length + 50 * 20


@pytest.mark.parametrize("wrong", [{"size": 1}, {"check": 1}, {"part": Spooled}], ids=["another size", "another check sum", "cut off"])
def test_a_part_that_unpacks_to_something_else_is_seen(tmp_path, wrong):
    part = packed(PIECES, tmp_path / "x", 1)
    if "part" in wrong:
        wrong = {"part": replace(part.part, length=part.part.length - 1)}
    assert not all_whole([part, replace(part, **wrong), part])


def test_a_stream_without_its_end_is_seen(tmp_path):
    made = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    (tmp_path / "x").write_bytes(made.compress(b"abc") + made.flush(zlib.Z_SYNC_FLUSH))
    assert not all_whole([Stored(Spooled(tmp_path / "x", 0, (tmp_path / "x").stat().st_size), 3, zlib.crc32(b"abc"))])


def test_a_part_under_another_name_than_the_directory_has_is_seen(tmp_path):
    with ZipFile(tmp_path / "x.xlsx", "w", 8) as made:
        made.writestr("xl/a.xml", "甲" * 100)
    assert holds(tmp_path / "x.xlsx", ())
    whole = (tmp_path / "x.xlsx").read_bytes()
    (tmp_path / "x.xlsx").write_bytes(whole.replace(b"xl/a.xml", b"xl/b.xml", 1))
    assert not holds(tmp_path / "x.xlsx", ())
