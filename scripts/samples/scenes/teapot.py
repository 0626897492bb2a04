"""A teapot, and a cup of tea on a table by the window, with a lemon."""

import numpy as np
from mathutils import Matrix, Vector

from studio.camera import camera, expose
from studio.light import ambient, softbox, sun
from studio.material import Surface
from studio.matter import glaze, wood
from studio.shape import box, curve_through, lathe, place, tube

BLUE = (0.02, 0.12, 0.19)  # lengths are centimetres in the whole scene


def pot(surface, at, turn):
    """Body, lid with its knob, spout and handle."""
    body = [
        (0.01, 0.3),
        (4.2, 0.25),
        (4.5, 0),
        (4.8, 0.3),
        (7.0, 2.6),
        (8.2, 6.2),
        (7.4, 9.8),
        (5.2, 12.0),
        (4.4, 12.5),
        (4.1, 12.3),
        (4.1, 11),
    ]
    lid = [
        (4.25, 12.35),
        (4.2, 12.75),
        (3.0, 13.5),
        (1.0, 14.1),
        (0.75, 14.5),
        (1.25, 15.2),
        (0.95, 15.9),
        (0.01, 16.1),
    ]
    spout = [(6.2, 0, 4.2), (8.8, 0, 4.6), (10.8, 0, 7.0), (11.7, 0, 10.2), (13.4, 0, 12.4), (13.9, 0, 12.75)]
    handle = [(-7.0, 0, 10.2), (-10.0, 0, 11.6), (-13.4, 0, 9.8), (-13.2, 0, 5.6), (-9.6, 0, 3.4), (-7.2, 0, 3.8)]
    tip = np.array(spout[-1]) - np.array(spout[-2])
    hole = lathe("hole", [(0.01, 0), (0.68, 0)], Surface("hole", (0.01, 0.008, 0.006), 0.9), 32)
    hole.data.transform(
        Matrix.Translation(spout[-1] + tip * 0.02) @ Vector(tip).to_track_quat("Z", "Y").to_matrix().to_4x4()
    )
    parts = [
        hole,
        lathe("body", curve_through(body, 90), surface, 128),
        lathe("lid", curve_through(lid, 60), surface, 96),
        tube("spout", spout, 1.0, surface, radii=[2.3, 2.05, 1.5, 1.1, 0.95, 0.9]),
        tube("handle", handle, 0.75, surface, radii=[1.3, 1.0, 1.0, 1.0, 1.05, 1.3]),
    ]
    for part in parts:
        place(part, (*at, 0), (0, 0, turn))


def cup(surface, at):
    """A cup of tea on its saucer."""
    tea = Surface("tea", (0.2, 0.05, 0.008), 0.02, Specular=0.6)
    x, y = at
    saucer = [
        (0.01, 0.5),
        (3.0, 0.45),
        (5.2, 0.9),
        (7.6, 1.7),
        (7.7, 1.9),
        (7.4, 1.95),
        (5.0, 1.2),
        (3.2, 0.8),
        (0.01, 0.8),
    ]
    bowl = [
        (0.01, 1.3),
        (2.1, 1.2),
        (2.3, 0.85),
        (2.6, 1.2),
        (4.1, 2.9),
        (4.85, 5.2),
        (5.15, 7.4),
        (5.05, 7.5),
        (4.9, 7.3),
        (4.6, 5.2),
        (3.8, 3.1),
        (0.01, 1.8),
    ]
    place(lathe("saucer", curve_through(saucer, 80), surface, 128), (x, y, 0))
    place(lathe("cup", curve_through(bowl, 100), surface, 128), (x, y, 0))
    place(lathe("tea", [(0.01, 6.3), (4.76, 6.3)], tea, 96), (x, y, 0))
    ear = [(4.6, 0, 6.4), (6.6, 0, 6.9), (7.7, 0, 5.3), (6.3, 0, 3.6), (4.3, 0, 3.4)]
    place(tube("ear", ear, 0.4, surface), (x, y, 0), (0, 0, -35))


def lemon(at, turn):
    """A lemon lying on its side."""
    peel = Surface("peel", rough=0.38, Subsurface=0.1, Subsurface_Color=(0.9, 0.6, 0.05, 1))
    peel.set(Base_Color=peel.ramp(peel.noise(0.5, 3), [(0.3, (0.72, 0.42, 0.01)), (0.7, (0.85, 0.58, 0.02))]))
    peel.bump(peel.cells(3.2), 0.35, 0.12)
    outline = [
        (0.01, -4.2),
        (0.5, -4.0),
        (1.1, -3.5),
        (2.4, -2.2),
        (2.9, 0),
        (2.4, 2.2),
        (1.2, 3.5),
        (0.7, 4.1),
        (0.01, 4.4),
    ]
    place(lathe("lemon", curve_through(outline, 60), peel, 64), (*at, 2.9), (90, 0, turn))


def cloth():
    """A folded linen napkin."""
    linen = Surface("linen", (0.62, 0.57, 0.48), 0.9, Sheen=0.5)
    weave = linen.node("TexWave", {"Scale": 4.0, "Distortion": 1.0, "Detail": 2.0}).outputs["Fac"]
    linen.bump(weave, 0.3, 0.05)
    for i in range(3):
        place(box("napkin", (17, 22, 0.45), linen, 0.2), (14 + 0.2 * i, -1 - 0.2 * i, 0.25 + 0.42 * i), (0, 0, 24 + i))


def room():
    """The table, and a plaster wall behind it."""
    oak = wood("oak", (0.16, 0.075, 0.03), (0.42, 0.24, 0.11), 0.4, scale=0.012)
    for i in range(-5, 8):
        place(box("board", (260, 13.8, 3), oak, 0.15), (0, 14 * i, -1.5))
    plaster = Surface("plaster", rough=0.9)
    plaster.set(
        Base_Color=plaster.ramp(plaster.noise(0.03, 8, 0.6), [(0.3, (0.34, 0.36, 0.33)), (0.7, (0.5, 0.5, 0.45))])
    )
    place(box("wall", (600, 2, 300), plaster), (0, 120, 100))


def build():
    dark = glaze("blue glaze", BLUE, 0.1, specks=0.5)
    light = glaze("cream glaze", (0.72, 0.66, 0.54), 0.12, specks=0.6)
    pot(dark, (-6, 7), -14)
    cloth()
    cup(light, (13, -2))
    lemon((1.5, -8.5), 62)
    room()
    sun((-90, 25, 62), (0, 0, 0), 3.4, 2.5, (1, 0.87, 0.68))
    softbox((-75, 25, 62), (0, 0, 6), (70, 90), 62_000, (1, 0.95, 0.87))
    softbox((70, -60, 60), (0, 0, 5), (60, 60), 7_000, (0.75, 0.85, 1))
    ambient((0.6, 0.65, 0.75), 0.12)
    camera((3, -62, 26), (3.4, 0, 6.6), lens=56, focus=(-2, -1, 8), fstop=0.055)
    expose(0.45)
