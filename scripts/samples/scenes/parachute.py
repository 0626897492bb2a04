"""A round parachute drifting down through a summer sky, seen from below."""

from math import cos, pi, sin

import numpy as np

from studio.camera import camera, expose
from studio.light import sky
from studio.material import Surface
from studio.shape import ball, curve_through, grid_faces, mesh, place, tube

GORES = 20
PROFILE = [(3.75, -1.0), (3.95, 0.0), (3.65, 1.3), (2.7, 2.4), (1.3, 3.05), (0.35, 3.2)]


def canopy(surface, per_gore=10):
    """The canopy, scalloped at its hem and bulging between the seams."""
    profile = curve_through(PROFILE, 50)
    steps = GORES * per_gore
    u = np.arange(steps) * 2 * pi / steps
    seam = np.abs(np.cos(u * GORES / 2)) ** 4
    rings = []
    for i, (r, z) in enumerate(profile):
        hem = max(0, 1 - i / 12)
        rings.append(
            np.stack(
                [
                    np.cos(u) * r * (1 - 0.05 * seam),
                    np.sin(u) * r * (1 - 0.05 * seam),
                    z - 0.28 * hem * seam + 0.14 * hem,
                ],
                -1,
            )
        )
    return mesh("canopy", np.concatenate(rings), grid_faces(len(profile), steps, wrap=True), surface)


def nylon():
    """Red, white and blue gores."""
    cloth = Surface("nylon", rough=0.5)
    angle = cloth.math("ARCTAN2", cloth.axis("Y"), cloth.axis("X"))
    gore = cloth.math("FLOOR", cloth.math("MULTIPLY", cloth.math("ADD", angle, pi), GORES / (2 * pi)))
    which = cloth.math("DIVIDE", cloth.math("ADD", cloth.math("MODULO", gore, 4), 0.5), 4)
    color = cloth.ramp(
        which, [(0, (0.7, 0.02, 0.03)), (0.25, (0.85, 0.84, 0.8)), (0.5, (0.9, 0.42, 0.02)), (0.75, (0.85, 0.84, 0.8))]
    )
    color.node.color_ramp.interpolation = "CONSTANT"
    cloth.set(Base_Color=color)
    return cloth.let_through(color, 0.5)


def limb(points, radius, surface):
    return tube("limb", points, radius, surface)


def jumper(z):
    """A parachutist in overalls, arms up at the risers."""
    suit = Surface("suit", (0.05, 0.07, 0.16), 0.8)
    pack = Surface("pack", (0.04, 0.04, 0.04), 0.7)
    skin = Surface("helmet", (0.75, 0.72, 0.68), 0.35)
    limb([(0, 0, z), (0, 0, z + 0.3), (0, 0, z + 0.62)], 0.19, suit)
    place(ball("head", 0.14, skin, 32), (0, 0, z + 0.86))
    place(ball("pack", 0.24, pack, 32), (0, 0.2, z + 0.38), scale=(0.8, 0.5, 1.2))
    for side in (-1, 1):
        limb([(0.11 * side, 0, z), (0.15 * side, -0.14, z - 0.4), (0.16 * side, 0.02, z - 0.88)], 0.1, suit)
        place(ball("boot", 0.11, pack, 24), (0.16 * side, -0.06, z - 0.95), scale=(0.8, 1.5, 0.7))
        limb([(0.2 * side, 0, z + 0.58), (0.4 * side, -0.03, z + 0.7), (0.32 * side, 0, z + 1.12)], 0.07, suit)


def build():
    canopy(nylon())
    cord = Surface("cord", (0.75, 0.75, 0.72), 0.6)
    harness = -6.6
    for i in range(GORES):
        a = i * 2 * pi / GORES
        side = 0.22 if cos(a) > 0 else -0.22
        tube("line", [(3.56 * cos(a), 3.56 * sin(a), -1.13), (side, 0, harness + 1)], 0.012, cord)
    jumper(harness)

    sky(elevation=38, rotation=65, strength=0.16, sun=0.6, sun_size=2, clouds=((8, 8, 8.3), 0.4, 1.6))
    camera((2.5, -20, -13.5), (1.2, 0, -1.6), lens=62, sharp=True)
    expose(0.15)
