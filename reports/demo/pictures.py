"""Small drawn pictures for demo reports: a receipt, a broken window, a painted wall. Nobody is in them."""

import io

from PIL import Image, ImageDraw

from reports.demo.draw import Draw
from reports.models import Attachment

About = Attachment.About
PAPER, INK, GLASS, NIGHT, WALL = "#fbfaf6", "#2b2b33", "#9db4c0", "#26323b", "#b9a48c"
PAINTS = ("#c0392b", "#1f6f8b", "#2e7d32", "#5b3a8c")
LINES = ("USB CABLE", "PHONE CASE", "HEADPHONES", "SUNGLASSES", "BACKPACK", "CHARGER")


def receipt(draw: Draw) -> Image.Image:
    """Draw a receipt of a shop that does not exist."""
    sheet = Image.new("RGB", (360, 480), PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((110, 30), "EXAMPLE STORE", fill=INK)
    total = 0
    for line in range(draw.between(2, 5)):
        price = draw.between(500, 20_000)
        total += price
        pen.text((40, 90 + 34 * line), draw.pick(LINES), fill=INK)
        pen.text((250, 90 + 34 * line), f"$ {price / 100:.2f}", fill=INK)
    pen.line((40, 300, 320, 300), fill=INK, width=2)
    pen.text((40, 320), "TOTAL", fill=INK)
    pen.text((250, 320), f"$ {total / 100:.2f}", fill=INK)
    return sheet


def window(draw: Draw) -> Image.Image:
    """Draw a car's window with a star of cracks."""
    sheet = Image.new("RGB", (480, 360), NIGHT)
    pen = ImageDraw.Draw(sheet)
    pen.polygon([(60, 300), (140, 70), (420, 70), (440, 300)], fill=GLASS)
    hit = (draw.between(180, 340), draw.between(120, 240))
    for _crack in range(18):
        pen.line((hit, (draw.between(70, 430), draw.between(75, 295))), fill=PAPER, width=draw.between(1, 3))
    pen.ellipse((hit[0] - 26, hit[1] - 20, hit[0] + 26, hit[1] + 20), fill=NIGHT)
    return sheet


def wall(draw: Draw) -> Image.Image:
    """Draw a wall that somebody painted on."""
    sheet = Image.new("RGB", (480, 320), WALL)
    pen = ImageDraw.Draw(sheet)
    for row in range(0, 320, 40):
        pen.line((0, row, 480, row), fill="#a08a72", width=2)
    for _stroke in range(3):
        points = [(40 + 50 * at, draw.between(60, 260)) for at in range(9)]
        pen.line(points, fill=draw.pick(PAINTS), width=14, joint="curve")
    return sheet


# What shows what: its file name, what a resident says that it shows, how it is drawn.
PICTURES = (
    ("receipt.jpg", About.RECEIPT, receipt),
    ("window.jpg", About.DAMAGE, window),
    ("wall.jpg", About.DAMAGE, wall),
)


def jpeg(picture: Image.Image) -> bytes:
    """Return the picture as a phone would send it, a few kilobytes."""
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    return content.getvalue()
