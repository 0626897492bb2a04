"""A striped hot-air balloon over misty hills, early in the morning; a second one far off."""

from math import pi

import numpy as np

from studio.camera import camera, expose
from studio.light import sky
from studio.material import Surface, glow
from studio.shape import box, curve_through, grid_faces, ground, lathe, mesh, place, tube
from studio.terrain import fractal

GORES = 24
PROFILE = [(1.1, -9.6), (2.6, -7.6), (5.2, -3.9), (7.4, 0.2), (8.1, 3.6), (7.1, 6.9), (4.2, 9.2), (0.05, 10.1)]


def envelope(name, surface, per_gore=8):
    """The bag: a turned profile that bulges between the load tapes."""
    profile = curve_through(PROFILE, 60)
    steps = GORES * per_gore
    u = np.arange(steps) * 2 * pi / steps
    bulge = 1 - 0.035 * np.abs(np.cos(u * GORES / 2)) ** 3
    rings = [(np.cos(u) * r * bulge, np.sin(u) * r * bulge, np.full(steps, z)) for r, z in profile]
    vertices = np.concatenate([np.stack(ring, -1) for ring in rings])
    return mesh(name, vertices, grid_faces(len(profile), steps, wrap=True), surface)


def fabric(name, bands):
    """Ripstop nylon in vertical stripes of `bands` colours, with a dark skirt; the sun shines through it a little."""
    cloth = Surface(name, rough=0.45, Sheen=0.4)
    across = cloth.math("ARCTAN2", cloth.axis("Y"), cloth.axis("X"))
    gore = cloth.math("FLOOR", cloth.math("MULTIPLY", across, GORES / (2 * pi)))
    # The colours climb by one stripe at each seam, so that they spiral round the bag.
    step = cloth.math("FLOOR", cloth.math("DIVIDE", cloth.math("ADD", cloth.axis("Z"), 100), 3.3))
    place_in = cloth.math("MODULO", cloth.math("ADD", gore, step), len(bands))
    stripe = cloth.math("DIVIDE", cloth.math("ADD", place_in, 0.5), len(bands))
    color = cloth.ramp(stripe, [(i / len(bands), band) for i, band in enumerate(bands)])
    color.node.color_ramp.interpolation = "CONSTANT"
    cloth.set(Base_Color=color)
    cloth.let_through(color, 0.4)
    return cloth


def basket():
    """Wicker basket, ropes and burner, as one list of parts."""
    wicker = Surface("wicker", (0.2, 0.1, 0.04), 0.8)
    wicker.bump(wicker.node("TexWave", {"Scale": 12.0}).outputs["Fac"], 0.6, 0.05)
    rope = Surface("rope", (0.08, 0.07, 0.06), 0.7)
    corners = ((1, 1), (1, -1), (-1, 1), (-1, -1))
    ropes = [tube("rope", [(0.75 * x, 0.75 * y, -12.6), (0.8 * x, 0.8 * y, -9.4)], 0.035, rope) for x, y in corners]
    body = place(box("basket", (1.7, 1.7, 1.3), wicker, 0.15), (0, 0, -13.2))
    return [*ropes, body, place(box("burner", (0.7, 0.7, 0.25), rope, 0.05), (0, 0, -11.2))]


def balloon(colors, at=(0, 0, 0), turn=0):
    """A balloon in the stripes of `colors`, its envelope's middle `at` a place."""
    for part in (envelope("balloon", fabric("nylon", colors)), *basket()):
        x, y, z = part.location
        place(part, (at[0] + x, at[1] + y, at[2] + z), (0, 0, turn))


def hills(surface, distance, height, seed, width=5200):
    """One range of hills across the view, rough with trees."""

    def relief(x, y):
        ridge = fractal(x / 420 + seed, y / 260, seed, 7, 0.48)
        trees = fractal(x / 14, y / 14, seed + 9, 2)
        return height * (0.25 + 1.6 * ridge * np.exp(-((y / 620) ** 2))) + 5 * trees

    return place(ground("hills", width, surface, relief, 400), (0, distance, -150 - 0.3 * height), scale=(1, 0.2, 1))


def hazy(name, green, air, amount, height):
    """Forest seen through morning air: `amount` of it on the ridge, and mist in the valley below."""
    wood = Surface(name, rough=0.9)
    meadow = wood.ramp(wood.noise(0.009, 6, 0.65), [(0.42, green), (0.62, [c * 3 for c in green])])
    wood.set(Base_Color=meadow)
    lift = wood.math("ADD", wood.axis("Z"), wood.math("MULTIPLY", wood.noise(0.004, 3), height * 0.5))
    mist = wood.span(lift, height * 0.45, height * 1.15, min(1, amount + 0.4), amount)
    wood.veil(air, mist)
    return wood


def build():
    red, orange, cream = (0.55, 0.02, 0.02), (0.85, 0.22, 0.02), (0.9, 0.75, 0.5)
    balloon([red, orange, cream, orange])
    flame = glow("flame", (1, 0.5, 0.15), 30)
    place(lathe("flame", curve_through([(0.01, 0), (0.16, 0.3), (0.12, 0.9), (0.01, 1.7)], 30), flame, 24), (0, 0, -11))

    teal, navy = (0.02, 0.22, 0.28), (0.03, 0.05, 0.2)
    balloon([teal, cream, navy, cream], (40, 140, -22), 30)
    balloon([orange, navy], (118, 520, 118), 10)

    ranges = [(330, 62, 0.1), (560, 100, 0.3), (900, 140, 0.48), (1500, 205, 0.64), (2400, 300, 0.76)]
    for i, (distance, height, amount) in enumerate(ranges):
        warmth = i / (len(ranges) - 1)
        air = (0.3 + 0.42 * warmth, 0.4 + 0.16 * warmth, 0.56 - 0.1 * warmth)
        hills(hazy(f"range {i}", (0.012, 0.03, 0.008), air, amount, height), distance, height, seed=20 + i)

    sky(elevation=9, rotation=-105, strength=0.24, sun=0.6, sun_size=1.5, dust=2.5)
    camera((0, -62, -9), (2.5, 0, -4.2), lens=62, sharp=True)
    expose(0.5)
