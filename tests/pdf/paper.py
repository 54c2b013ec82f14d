"""PDF files written by hand: no fonts inside, every line and letter placed by the test that draws it."""

from dataclasses import dataclass

FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    "/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500]"
    "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
    "/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)
TURNS = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 {h} 0", 180: "-1 0 0 -1 {w} {h}", 270: "0 -1 1 0 0 {w}"}
"""What a page's content does so that it stands upright when the viewer turns the page clockwise."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as it is read: its size in points, what is drawn on it, and how it comes to stand upright.

    ``turn`` is the page's /Rotate; with ``sideways`` the content is turned and the page is not.
    ``deep`` is in how many forms, one in the other, the content lies; ``shift`` moves the page's box.
    """

    width: float
    height: float
    drawn: str
    turn: int = 0
    sideways: bool = False
    deep: int = 0
    shift: float = 0


def say(left: float, top: float, text: str, height: float, size: float = 9) -> str:
    """Text whose letters stand between ``top`` and ``top`` + ``size``, both from the top of a page that high."""
    code = text.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {left:.2f} {height - top - 0.85 * size:.2f} Td <{code}> Tj ET\n"


def width_of(text: str, size: float = 9) -> float:
    """The width of a text in points."""
    return sum(size / 2 if letter.isascii() else size for letter in text)


def wrapped(text: str, width: float, size: float = 9) -> list[str]:
    """The lines of a text in a cell so wide."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for letter in paragraph:
            if line and width_of(line + letter, size) > width:
                lines.append(line)
                line = ""
            line += letter
        lines.append(line)
    return lines


def pdf(leaves: list[Leaf], title: str = "") -> bytes:
    """The bytes of a PDF of these pages."""
    bodies = ["", ""]
    pages = []
    for leaf in leaves:
        drawn = leaf.drawn
        for _ in range(leaf.deep):
            bodies.append(_stream(drawn, f"/Type/XObject/Subtype/Form/BBox[-9999 -9999 9999 9999]/Matrix[2 0 0 2 10 20]{_resources(bodies)}"))
            drawn = f"q 0.5 0 0 0.5 -5 -10 cm /X{len(bodies)} Do Q\n"
        turn = TURNS[leaf.turn].format(w=leaf.width, h=leaf.height)
        bodies.append(_stream(f"q 1 0 0 1 {leaf.shift} {leaf.shift} cm {turn} cm\n{drawn}Q\n", ""))
        wide, high = (leaf.height, leaf.width) if leaf.turn % 180 else (leaf.width, leaf.height)
        box = f"[{leaf.shift} {leaf.shift} {wide + leaf.shift} {high + leaf.shift}]"
        rotate = "" if leaf.sideways else f"/Rotate {leaf.turn}"
        pages.append(len(bodies) + 1)
        bodies.append(f"<</Type/Page/Parent 2 0 R/MediaBox{box}{rotate}/Contents {len(bodies)} 0 R{_resources(bodies)}>>")
    bodies[0] = "<</Type/Catalog/Pages 2 0 R>>"
    bodies[1] = f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{one} 0 R' for one in pages)}]>>"
    return assembled(bodies, title)


def _resources(bodies: list[str]) -> str:
    forms = " ".join(f"/X{at} {at} 0 R" for at, body in enumerate(bodies, 1) if "/Subtype/Form" in body)
    return f"/Resources<</Font<</F {FONT}>>/XObject<<{forms}>>>>"


def _stream(drawn: str, more: str) -> str:
    return f"<</Length {len(drawn.encode('latin-1'))}{more}>>stream\n{drawn}\nendstream"


def assembled(bodies: list[str], title: str = "", more: str = "") -> bytes:
    """The objects, numbered from 1, as a file; ``more`` goes into its trailer."""
    if title:
        bodies = [*bodies, f"<</Title<feff{title.encode('utf-16-be').hex()}>>>"]
        more += f"/Info {len(bodies)} 0 R"
    found = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(found))
        found += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(bodies) + 1}/Root 1 0 R{more}>>\nstartxref\n{len(found)}\n%%EOF\n"
    return found + end.encode("latin-1")
