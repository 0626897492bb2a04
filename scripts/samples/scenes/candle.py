"""A candle in a brass holder on an old table, at night."""

import numpy as np

from studio.camera import camera, expose
from studio.light import ambient, bulb, softbox
from studio.material import Surface, glow
from studio.matter import metal, wood
from studio.shape import ball, box, curve_through, lathe, place, tube

HEIGHT = 15.0  # centimetres, as in the whole scene
RADIUS = 1.35
FOOT = 2.2


def wax():
    """Warm white wax, brightest just below the flame."""
    body = Surface("wax", (0.86, 0.74, 0.55), 0.4, Subsurface=0.35, Specular=0.4)
    body.set(Subsurface_Color=(1, 0.62, 0.3, 1), Subsurface_Radius=(2.2, 1.0, 0.4))
    warmth = body.math("POWER", body.span(body.axis("Z"), FOOT + HEIGHT - 7, FOOT + HEIGHT), 2.2)
    body.set(Emission=(1, 0.33, 0.07, 1), Emission_Strength=body.math("MULTIPLY", warmth, 0.35))
    return body.bump(body.noise(0.7, 4), 0.35, 0.25)


def candle(surface):
    """A pillar with a hollow top and runs of wax down one side."""
    rim = FOOT + HEIGHT
    profile = [
        (RADIUS, FOOT), (RADIUS, rim - 5), (RADIUS, rim - 2), (RADIUS * 0.99, rim - 0.7), (RADIUS * 0.95, rim - 0.15),
        (RADIUS * 0.86, rim), (RADIUS * 0.72, rim - 0.2), (0.5, rim - 0.42), (0.01, rim - 0.45),
    ]  # fmt: skip
    lathe("candle", curve_through(profile, 160), surface, 96)
    rng = np.random.default_rng(8)
    for angle in rng.uniform(-2.6, 0.3, 7):
        long = rng.uniform(1.5, 7)
        x, y = np.cos(angle) * RADIUS, np.sin(angle) * RADIUS
        line = [
            (0.84 * x, 0.84 * y, rim - 0.05),
            (0.95 * x, 0.95 * y, rim - 0.4),
            (x, y, rim - long * 0.6),
            (1.01 * x, 1.01 * y, rim - long),
            (x, y, rim - long - 0.3),
        ]
        tube("run", line, 0.19, surface, radii=[0.8, 1.0, 0.8, 1.25, 0.1])


def flame(base):
    """A teardrop that is blue at its root, white in its heart and orange at its tip."""
    shape = curve_through(
        [(0.01, 0), (0.2, 0.25), (0.4, 0.85), (0.36, 1.5), (0.17, 2.4), (0.05, 3.1), (0.005, 3.5)], 60
    )
    fire = Surface("fire", (0, 0, 0), 1.0, Specular=0.0)
    up = fire.span(fire.axis("Z"), 0, 3.5)
    fire.set(
        Emission=fire.ramp(
            up,
            [
                (0.02, (0.03, 0.07, 0.5)),
                (0.14, (0.5, 0.22, 0.1)),
                (0.35, (1, 0.62, 0.25)),
                (0.7, (1, 0.55, 0.16)),
                (1, (1, 0.25, 0.03)),
            ],
        )
    )
    fire.set(Emission_Strength=fire.span(up, 0.05, 0.4, 1.2, 5))
    edge = fire.node("LayerWeight", {"Blend": 0.5}).outputs["Facing"]
    fire.blend(fire.math("POWER", edge, 1.5), "BsdfTransparent", Color=(1, 1, 1, 1))
    thing = lathe("flame", shape, fire, 48)
    thing.visible_shadow = False
    place(thing, (0, 0, base + 0.35))


def holder():
    """A chamberstick: a saucer with a socket and a ring for the finger."""
    brass = metal("brass", (0.62, 0.4, 0.13), 0.24)
    saucer = [
        (0.01, 0.25),
        (2.2, 0.2),
        (4.3, 0.3),
        (5.3, 0.9),
        (5.6, 1.5),
        (5.75, 1.5),
        (5.6, 0.8),
        (4.6, 0.05),
        (0.01, 0),
    ]
    lathe("saucer", curve_through(saucer, 90), brass, 128)
    socket = [
        (0.01, 0.3),
        (1.4, 0.35),
        (1.2, 0.8),
        (1.55, 1.4),
        (1.6, 3.4),
        (1.85, 3.7),
        (1.8, 3.85),
        (1.42, 3.8),
        (1.4, 2),
    ]
    lathe("socket", curve_through(socket, 80), brass, 96)
    t = np.linspace(0, 2 * np.pi, 14)[:-1]
    tube("ring", np.stack([6.7 + 1.25 * np.cos(t), 0 * t, 1.6 + 1.25 * np.sin(t)], -1), 0.22, brass, closed=True)


def books():
    """Two old books behind, out of focus."""
    for i, (color, z, turn) in enumerate([((0.12, 0.02, 0.015), 1.6, 12), ((0.02, 0.05, 0.04), 4.4, -6)]):
        cover = Surface(f"cover {i}", color, 0.6)
        paper = Surface(f"paper {i}", (0.6, 0.5, 0.36), 0.9)
        place(box("cover", (20, 14, 2.8), cover, 0.25), (-13, 17, z), (0, 0, turn))
        place(box("pages", (19.4, 14.2, 2.2), paper), (-13, 16.7, z), (0, 0, turn))


def build():
    candle(wax())
    holder()
    top = FOOT + HEIGHT - 0.45
    tube(
        "wick",
        [(0, 0, top - 0.2), (0, 0, top + 0.4), (0.06, 0, top + 0.85)],
        0.07,
        Surface("wick", (0.01, 0.01, 0.01), 0.9),
    )
    flame(top)
    bulb((0, 0, top + 2.2), 20000, 0.8, (1, 0.58, 0.24))

    table = wood("table", (0.05, 0.02, 0.008), (0.2, 0.085, 0.03), 0.38, scale=0.012)
    for i in range(-4, 12):
        place(box("plank", (220, 9.8, 2), table, 0.12), (0, 10 * i, -1))
    books()
    wall = Surface("wall", (0.1, 0.07, 0.055), 0.9)
    wall.bump(wall.noise(0.3, 8), 0.4, 0.8)
    place(box("wall", (400, 2, 240), wall), (0, 120, 60))
    bead = ball("light", 0.7, glow("far light", (1, 0.5, 0.18), 3.5), 24)
    rng = np.random.default_rng(12)
    for x in np.arange(-48, 60, 9.5):
        twin = bead.copy()
        twin.location = (x, 100, 33 + 5 * np.cos(x / 9) + rng.uniform(-1, 1))
        bead.users_collection[0].objects.link(twin)
    bead.hide_render = True
    softbox((-60, 40, 70), (0, 0, 8), (40, 40), 1200, (0.4, 0.55, 1))
    softbox((45, -30, 45), (0, 0, 5), (30, 30), 16000, (1, 0.5, 0.2))
    ambient((0.25, 0.32, 0.5), 0.02)
    camera((4, -46, 18), (0.8, 0, 10.2), lens=58, focus=(0, -1, 13), fstop=0.045)
    expose(0.2)
