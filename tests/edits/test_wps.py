"""Workbooks as WPS saves them: what it writes otherwise than Excel changes nothing of what is read."""

import re
import zipfile
from io import BytesIO

from tests.edits.made import EVALUATION, doubted, read, written
from xltool.canonical import differences
from xltool.surfaces import xlsx_reader

SHEET = "xl/worksheets/sheet1.xml"


def as_wps(change=lambda name, part: part, **more: bytes) -> bytes:
    """The filled workbook with parts changed and parts added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(written(EVALUATION))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name, part)
    return out.getvalue()


def sheets(change):
    return lambda name, part: change(part) if name.startswith("xl/worksheets/") else part


def test_the_dimension_A1_that_WPS_writes_hides_nothing():
    data = as_wps(sheets(lambda part: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', part)))
    assert b'<dimension ref="A1"' in zipfile.ZipFile(BytesIO(data)).read(SHEET)
    assert [] == differences(EVALUATION, read(data))


def test_the_parts_of_WPS_are_passed_over():
    kso = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer"><vt:lpwstr>2052-12.1.0.18608</vt:lpwstr></property></Properties>'

    def change(name: str, part: bytes) -> bytes:
        return kso if name == "docProps/custom.xml" else part

    data = as_wps(change, **{"xl/cellimages.xml": b"<etc:cellImages xmlns:etc='http://www.wps.cn/officeDocument/2017/etCustomData'/>", "customXml/item1.xml": b"<woSheetsProps xmlns='https://web.wps.cn/et/2018/main'/>"})
    assert {"KSOProductBuildVer": "2052-12.1.0.18608"} == {key: value for key, value in xlsx_reader.read(data, "a.xlsx").properties.items() if key.startswith("KSO")}
    assert [] == differences(EVALUATION, read(data))


def test_a_picture_in_a_cell_is_no_text_and_is_named():
    """实施单位 holds the picture of a seal."""
    picture = b'<c r="G4" t="str"><f>_xlfn.DISPIMG("ID_5E2A",1)</f><v>=DISPIMG("ID_5E2A",1)</v></c>'
    data = as_wps(sheets(lambda part: re.sub(rb'<c r="G4"[^>]*>.*?</c>', picture, part)))
    found = read(data)
    assert ["sections[0].forms[0].project.unit"] == differences(EVALUATION, found)
    assert None is next(iter(found.entries)).values["project.unit"]
    assert "project.unit" in doubted(found)
