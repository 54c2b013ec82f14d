"""The folder of mixed files: every kind of sample, each copy of a town of its own, as sound as the sample."""

import zipfile
from io import BytesIO

import pytest

from bench import batch


def test_a_folder_holds_every_kind_and_no_two_files_of_a_kind_are_the_same(tmp_path):
    samples = batch.samples()
    made = sorted(batch.make(tmp_path / "in", 2 * len(samples)).iterdir())
    assert 2 * len(samples) == len(made)
    assert {path.suffix for path in samples} == {path.suffix for path in made}
    same = [first.name for first, second in zip(made, made[len(samples) :], strict=False) if first.read_bytes() == second.read_bytes()]
    assert [] == [name for name in same if not name.endswith(".pdf")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_town_takes_as_many_bytes_in_every_encoding(encoding):
    data = f"单位：{batch.PLACE}市水务局".encode(encoding)
    made = batch.another(data, "宁远")
    assert "单位：宁远市水务局" == made.decode(encoding)
    assert len(data) == len(made)


def test_parts_of_a_package_are_of_the_town_too():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.xml", batch.PLACE)
    with zipfile.ZipFile(BytesIO(batch.another(out.getvalue(), "宁远"))) as package:
        assert "宁远" == package.read("a.xml").decode()
