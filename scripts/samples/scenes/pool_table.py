"""Billiard balls on green cloth under a long lamp, the cue ball in front."""

from math import cos, pi, sin

import numpy as np

from studio.camera import camera, expose
from studio.light import ambient, softbox
from studio.material import Surface
from studio.matter import wood
from studio.shape import box, ground, lathe, mesh, paint, place, sphere_grid

RADIUS = 2.86  # centimetres, as in the whole scene
COLORS = [
    (0.85, 0.5, 0.01), (0.01, 0.05, 0.4), (0.6, 0.015, 0.015), (0.1, 0.015, 0.25),
    (0.85, 0.2, 0.01), (0.0, 0.16, 0.06), (0.22, 0.015, 0.02), (0.008, 0.008, 0.008),
]  # fmt: skip
IVORY = (0.82, 0.78, 0.66)


def ball(number, position, rng, points, faces):
    """Ball `number`: 0 is the cue ball, 1..8 are solid, 9..15 striped. Two white spots carry the number's place."""
    color = IVORY if number == 0 else COLORS[(number - 1) % 8]
    resin = Surface(f"ball {number}", color, 0.05, Specular=0.6, Clearcoat=1.0, Clearcoat_Roughness=0.02)
    spot = np.clip((np.abs(points[:, 0]) - 0.905) / 0.012, 0, 1)
    stripe = np.clip((np.abs(points[:, 2]) - 0.56) / 0.012, 0, 1) if number > 8 else 0 * spot
    thing = paint(mesh(f"ball {number}", points * RADIUS, faces, resin), np.maximum(spot, stripe) * (number > 0))
    resin.set(Base_Color=resin.mix(resin.attribute(), color, IVORY))
    return place(thing, (*position, RADIUS), rng.uniform(-180, 180, 3))


def cloth():
    """Worsted wool: a fine nap, chalk marks here and there."""
    wool = Surface("cloth", rough=0.95, Sheen=0.7, Specular=0.1)
    tone = wool.ramp(wool.noise(2.5, 8, 0.75), [(0.3, (0.0, 0.105, 0.05)), (0.7, (0.004, 0.16, 0.08))])
    chalk = wool.span(wool.noise(0.18, 6, 0.6), 0.62, 0.8, 0, 0.12)
    wool.set(Base_Color=wool.mix(chalk, tone, (0.4, 0.55, 0.6)))
    return wool.bump(wool.noise(14, 4, 0.6), 0.35, 0.05)


def cushion(nap):
    """The far rail with its cushion and sights."""
    rail = wood("rail", (0.05, 0.016, 0.006), (0.2, 0.07, 0.025), 0.25, scale=0.012)
    place(box("rail", (400, 14, 8), rail, 0.8), (0, 68, 2.5))
    place(box("cushion", (400, 6, 5), nap, 1.2), (0, 59, 2.4))
    pearl = Surface("sight", (0.8, 0.78, 0.7), 0.2)
    for x in range(-160, 161, 32):
        place(box("sight", (1.8, 1.8, 0.1), pearl, 0.03), (x, 67, 6.55), (0, 0, 45))


def cue():
    """A cue resting on the cloth."""
    maple = wood("maple", (0.5, 0.32, 0.15), (0.72, 0.5, 0.27), 0.2, scale=0.01)
    brass = Surface("ferrule", (0.85, 0.83, 0.78), 0.2)
    tip = Surface("tip", (0.05, 0.16, 0.3), 0.9)
    for name, profile, surface in [
        ("shaft", [(0.62, 2), (1.45, 120)], maple),
        ("ferrule", [(0.6, 0.4), (0.62, 2)], brass),
        ("tip", [(0.01, 0), (0.55, 0.1), (0.6, 0.4)], tip),
    ]:
        place(lathe(name, profile, surface, 48), (-9.5, -9.5, 2.2), (88.2, 0, -52))


def build():
    rng = np.random.default_rng(21)
    points, faces = sphere_grid(120, 240)
    step = 2 * RADIUS * 1.002
    order = [1, 11, 5, 2, 8, 10, 9, 7, 14, 4, 6, 15, 13, 3, 12]
    spots = [((c - r / 2) * step, r * step * sin(pi / 3)) for r in range(5) for c in range(r + 1)]
    turn = pi / 9
    for number, (x, y) in zip(order, spots):
        ball(number, (x * cos(turn) - y * sin(turn) + 3, x * sin(turn) + y * cos(turn) + 8), rng, points, faces)
    ball(0, (-3.0, -6.5), rng, points, faces)
    nap = cloth()
    ground("bed", 700, nap, cells=2)
    cushion(nap)
    cue()
    wall = Surface("wall", (0.16, 0.07, 0.04), 0.8)
    place(box("wall", (900, 2, 400), wall), (0, 260, 60))
    for x in (-60, 20, 100):
        softbox((x - 20, 16, 85), (x - 20, 16, 0), (46, 22), 23_000, (1, 0.84, 0.62))
    softbox((-130, 180, 90), (0, 40, 0), (60, 80), 20_000, (0.55, 0.7, 1))
    ambient((0.5, 0.42, 0.35), 0.05)
    camera((-17, -44, 19), (1.5, 4.5, 1.8), lens=55, focus=(0, 3, 3), fstop=0.075)
    expose(0.7)
