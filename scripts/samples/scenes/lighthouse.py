"""A lighthouse on an islet after sunset, its lamp lit."""

import numpy as np

from studio.camera import camera, expose
from studio.light import bulb, sky
from studio.material import Surface, glass, glow
from studio.matter import water
from studio.shape import box, copies, ground, lathe, place
from studio.terrain import fractal, step


def headland(x, y):
    """A grassy islet, 16 m high under the tower, that falls to the sea in broken rock."""
    edge = 44 + 22 * (fractal(x / 30, y / 30, 4, 4) - 0.5)
    inland = np.hypot((x - 12) / 1.15, (y - 14) / 0.85)
    rise = step(edge - inland, -8, 26)
    crag = fractal(x / 13, y / 13, 9, 7, 0.58, ridged=True)
    skerries = 9 * step(fractal(x / 17, y / 17, 33, 5), 0.52, 0.75) * step(edge + 22 - inland, 0, 14)
    dome = 17 - 0.12 * np.hypot(x, y)
    # The crags are loudest halfway up; the top is a meadow.
    steep = (rise * (1 - rise) * 4) ** 0.6
    relief = -4 + (4 + dome) * rise + (crag - 0.5) * 15 * steep * step(rise, 0, 0.2)
    relief = relief + skerries * (1 - rise) + rise * 2.5 * fractal(x / 16, y / 16, 2, 5)
    # The tower stands on a levelled terrace.
    terrace = 1 - step(np.hypot(x, y), 6, 14)
    return relief * (1 - terrace) + 15.5 * terrace


def cape():
    """Rock where it is steep, grass where it is level, dark and wet at the tide line."""
    land = Surface("cape", rough=0.9, Specular=0.2)
    stone = land.ramp(land.noise(0.5, 10, 0.7), [(0.35, (0.05, 0.042, 0.038)), (0.7, (0.34, 0.27, 0.22))])
    grass = land.ramp(land.noise(0.25, 8, 0.7), [(0.35, (0.05, 0.075, 0.015)), (0.7, (0.17, 0.18, 0.05))])
    level = land.node("SeparateXYZ", {"Vector": land.node("NewGeometry").outputs["Normal"]}).outputs["Z"]
    meadow = land.math("MULTIPLY", land.span(level, 0.72, 0.86), land.span(land.axis("Z"), 6, 10))
    wet = land.span(land.axis("Z"), 0.3, 2.2, 0.35, 1)
    color = land.mix(meadow, stone, grass)
    land.set(
        Base_Color=land.mix(1.0, color, land.node("CombineXYZ", {"X": wet, "Y": wet, "Z": wet}).outputs[0], "MULTIPLY")
    )
    return land.bump(land.noise(1.6, 12, 0.7), 0.9, 0.5)


def waves(x, y):
    """A moderate sea."""
    return 0.8 * (fractal(x / 14, y / 6, 5, 5, 0.45) - 0.5) + 0.5 * (fractal(x / 45, y / 22, 8, 3) - 0.5)


def tower(base):
    """White and red bands, a gallery, the lantern and its dome."""
    paint = Surface("tower", rough=0.55)
    band = paint.math("FRACT", paint.math("MULTIPLY", paint.axis("Z"), 1 / 10.5))
    stain = paint.noise(0.6, 8, 0.7, stretch=(1, 1, 0.15))
    white = paint.ramp(stain, [(0.35, (0.55, 0.52, 0.47)), (0.6, (0.82, 0.8, 0.76))])
    paint.set(Base_Color=paint.mix(paint.math("GREATER_THAN", band, 0.5), white, (0.45, 0.025, 0.02)))
    iron = Surface("iron", (0.03, 0.03, 0.035), 0.5)
    parts = [
        lathe("tower", [(3.6, -3), (3.5, 0), (2.9, 8), (2.45, 17), (2.35, 21), (2.9, 21.6), (3.0, 21.7)], paint),
        lathe("gallery", [(0.1, 21.7), (3.3, 21.7), (3.3, 22), (0.1, 22)], iron),
        lathe(
            "dome",
            [(1.9, 25), (1.9, 25.25), (1.5, 26), (0.8, 26.6), (0.15, 26.85), (0.1, 28), (0.01, 28.1)],
            Surface("dome", (0.4, 0.03, 0.02), 0.35),
        ),
        lathe("panes", [(1.6, 22.2), (1.6, 25)], glass("panes", (1, 0.97, 0.9))),
        lathe(
            "lamp",
            [(0.01, 22.9), (0.5, 23.1), (0.6, 23.6), (0.5, 24.1), (0.01, 24.3)],
            glow("lamp", (1, 0.72, 0.35), 90),
        ),
        lathe("rail", [(3.25, 23.05), (3.25, 23.12), (3.2, 23.12)], iron),
    ]
    post = box("post", (0.07, 0.07, 1.1), iron)
    angles = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    parts += copies(post, [(3.22 * np.cos(a), 3.22 * np.sin(a), 22.5) for a in angles])
    bar = box("mullion", (0.09, 0.09, 2.9), iron)
    parts += copies(bar, [(1.65 * np.cos(a), 1.65 * np.sin(a), 23.6) for a in angles[::3]])
    window = box("window", (0.7, 0.3, 1.2), glow("window", (1, 0.6, 0.25), 4))
    parts += copies(window, [(-0.2, -2.85, 7.5), (-0.2, -2.48, 15)], [(5, 0, 0), (3, 0, 0)])
    for part in (post, bar, window):
        part.hide_render = True
    for part in parts:
        part.location.z += base


def build():
    base = 15.3
    ground("cape", 200, cape(), headland, 460)
    place(ground("sea", 900, water("sea", (0.008, 0.03, 0.045), 1.5, 0.25), waves, 420), (0, -150, 0))
    place(ground("far sea", 40_000, water("far", (0.008, 0.03, 0.045), 0.2, 0.15), cells=2), (0, 0, -0.6))
    tower(base)
    bulb((0, 0, base + 23.6), 9000, 0.6, (1, 0.72, 0.4))

    sky(elevation=1.2, rotation=78, strength=0.55, sun=0.5, sun_size=2, dust=2.2, clouds=((1.3, 0.42, 0.32), 0.5, 1.1))
    camera((-38, -112, 6), (13, 0, 17.0), lens=44, sharp=True)
    expose(0.4)
