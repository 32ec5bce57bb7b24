"""Shapes that performance teams draw: arrows from curves, RAG dots, and small charts that are only a picture."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

RAG = {"GREEN": HexColor("#00B050"), "AMBER": HexColor("#FFB000"), "RED": HexColor("#D0021B"), "BLUE": HexColor("#2F75B5"), "GREY": HexColor("#A6A6A6")}


def arrow(canvas: Canvas, x: float, y: float, size: float, direction: str, *, outline: bool = True) -> None:
    """An arrow centred on a point, its head drawn with curves as Word's block arrows are."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate({"up": 0, "down": 180, "flat": -90}[direction])
    half, shaft = size / 2, size / 6
    path = canvas.beginPath()
    path.moveTo(-shaft, -half)
    path.lineTo(-shaft, 0)
    path.curveTo(-shaft - size / 8, 0, -half * 0.8, 0.02 * size, -half * 0.75, 0)
    path.curveTo(-half * 0.5, half * 0.4, -half * 0.2, half * 0.8, 0, half)
    path.curveTo(half * 0.2, half * 0.8, half * 0.5, half * 0.4, half * 0.75, 0)
    path.curveTo(half * 0.8, 0.02 * size, shaft + size / 8, 0, shaft, 0)
    path.lineTo(shaft, -half)
    path.close()
    canvas.setStrokeColor(HexColor("#000000"))
    canvas.setFillColor(HexColor("#FFFFFF" if outline else "#333333"))
    canvas.setLineWidth(0.8)
    canvas.drawPath(path, stroke=1, fill=1)
    canvas.restoreState()


def triangle(canvas: Canvas, x: float, y: float, size: float, direction: str, colour: str) -> None:
    """A filled triangle; a flat one points right."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate({"up": 0, "down": 180, "flat": -90}[direction])
    path = canvas.beginPath()
    path.moveTo(-size / 2, -size / 2.6)
    path.lineTo(size / 2, -size / 2.6)
    path.lineTo(0, size / 2.6)
    path.close()
    canvas.setFillColor(HexColor(colour))
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def dot(canvas: Canvas, x: float, y: float, radius: float, rating: str) -> None:
    canvas.saveState()
    canvas.setFillColor(RAG[rating])
    canvas.circle(x, y, radius, stroke=0, fill=1)
    canvas.restoreState()


QUARTERS = ("Jun-24", "Sep-24", "Dec-24", "Mar-25", "Jun-25", "Sep-25")


def chart(values: list[float], *, width: int = 420, height: int = 130, target: float | None = None, labels: tuple[str, ...] = QUARTERS) -> ImageReader:
    """A bar chart as a bitmap: what it says cannot be read as text."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    top = max([*values, target or 0]) * 1.15
    step = (width - 50) / len(values)
    for n in range(5):
        y = 12 + n * (height - 34) / 4
        pen.line((38, y, width - 8, y), fill=(215, 215, 215))
        pen.text((4, y - 6), f"{top * (4 - n) / 4:.0f}", fill=(60, 60, 60))
    for n, value in enumerate(values):
        x = 46 + n * step
        pen.rectangle((x, height - 22 - value / top * (height - 34), x + step * 0.6, height - 22), fill=(176, 190, 235))
        pen.text((x, height - 18), labels[n], fill=(60, 60, 60))
    if target:
        y = height - 22 - target / top * (height - 34)
        pen.line((40, y, width - 8, y), fill=(0, 150, 60), width=2)
    store = io.BytesIO()
    image.quantize(16).save(store, "PNG")
    store.seek(0)
    return ImageReader(store)
