"""What is stamped on a page, printed across it or not seen, drawn by hand."""

import math


def turned(text: str, left: float, top: float, height: float, degrees: float, size: float = 9, colour: str = "0 g") -> str:
    """Text that begins at a place and rises by so many degrees."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    code = text.encode("utf-16-be").hex()
    return f"q {colour} BT /F {size} Tf {c:.4f} {s:.4f} {-s:.4f} {c:.4f} {left:.2f} {height - top:.2f} Tm <{code}> Tj ET Q\n"


def circle(left: float, top: float, radius: float, height: float) -> str:
    """A circle around a place."""
    x, y, k = left, height - top, 0.5523 * radius
    r = radius
    quarters = f"{x + r} {y} m {x + r} {y + k} {x + k} {y + r} {x} {y + r} c {x - k} {y + r} {x - r} {y + k} {x - r} {y} c "
    return quarters + f"{x - r} {y - k} {x - k} {y - r} {x} {y - r} c {x + k} {y - r} {x + r} {y - k} {x + r} {y} c S\n"


def seal(left: float, top: float, height: float, radius: float = 45, ring: str = "青禾市卫生健康委员会", below: str = "财务专用章") -> str:
    """A red seal: a circle, a star, letters along its edge and a line of text."""
    star = [(left + (12 - 7 * (at % 2)) * math.sin(at * math.pi / 5), height - top + (12 - 7 * (at % 2)) * math.cos(at * math.pi / 5)) for at in range(10)]
    drawn = "q 1 0 0 RG 1 0 0 rg 2 w " + circle(left, top, radius, height)
    drawn += " ".join(f"{x:.2f} {y:.2f} {'l' if at else 'm'}" for at, (x, y) in enumerate(star)) + " f\nQ\n"
    for at, letter in enumerate(ring):
        way = math.radians(210 - 240 * at / (len(ring) - 1))
        x, y = left + (radius - 13) * math.cos(way), top - (radius - 13) * math.sin(way)
        drawn += turned(letter, x, y, height, math.degrees(way) - 90, colour="1 0 0 rg")
    return drawn + turned(below, left - 4.5 * len(below), top + radius / 2, height, 0, colour="1 0 0 rg")
