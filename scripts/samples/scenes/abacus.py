"""A wooden abacus with coloured beads on a desk by the window."""

import numpy as np

from studio.camera import camera, expose
from studio.light import ambient, softbox, sun
from studio.material import Surface
from studio.matter import metal, wood
from studio.shape import box, copies, curve_through, lathe, place, tube

# Lengths are centimetres in the whole scene; the frame stands in the plane y = 0.
COLORS = [
    (0.6, 0.03, 0.025), (0.75, 0.2, 0.02), (0.8, 0.5, 0.03), (0.15, 0.35, 0.05), (0.02, 0.28, 0.25),
    (0.02, 0.14, 0.42), (0.16, 0.05, 0.3), (0.6, 0.03, 0.025), (0.75, 0.2, 0.02), (0.8, 0.5, 0.03),
]  # fmt: skip
WIDE, TALL, BEADS = 30.0, 26.0, 10


def frame():
    """Four rails of beech with round feet."""
    beech = wood("beech", (0.38, 0.2, 0.09), (0.6, 0.38, 0.2), 0.35, scale=0.02)
    for z in (1.2, TALL + 1.2):
        place(box("rail", (WIDE + 4, 2.6, 1.9), beech, 0.35), (0, 0, z))
    for x in (-WIDE / 2 - 1.1, WIDE / 2 + 1.1):
        place(box("post", (TALL + 1.2, 2.6, 1.9), beech, 0.35), (x, 0, TALL / 2 + 1.2), (0, 90, 0))
        place(box("foot", (11, 2.4, 1.6), beech, 0.4), (x, 0, 0.8), (0, 0, 90))


def bead_row(z, color, left, rng):
    """Ten beads on a wire, `left` of them pushed to the left."""
    lacquer = Surface("lacquer", color, 0.18, Clearcoat=0.7, Clearcoat_Roughness=0.06)
    shape = curve_through([(0.2, -0.78), (0.7, -0.74), (1.12, -0.25), (1.12, 0.25), (0.7, 0.74), (0.2, 0.78)], 26)
    bead = lathe("bead", shape, lacquer, 48)
    near, far = -WIDE / 2 + 0.75, WIDE / 2 - 0.75
    xs = [near + 1.58 * i for i in range(left)] + [far - 1.58 * i for i in range(BEADS - left)]
    copies(bead, [(x + rng.uniform(0, 0.02), 0, z) for x in xs], [(0, 90, 0)] * BEADS)
    bead.hide_render = True


def desk():
    """The desk, and a soft background of shelves."""
    oak = wood("oak", (0.1, 0.045, 0.018), (0.3, 0.16, 0.07), 0.38, scale=0.012)
    for i in range(-4, 9):
        place(box("board", (260, 12.8, 3), oak, 0.15), (0, 13 * i, -1.5))
    wall = Surface("wall", (0.33, 0.4, 0.4), 0.9)
    place(box("wall", (600, 2, 300), wall), (0, 170, 80))
    rng = np.random.default_rng(5)
    for level in (4, 42):
        place(box("shelf", (500, 20, 3), oak), (0, 156, level))
        x = -110.0
        while x < 120:
            thick, high = rng.uniform(3, 7), rng.uniform(20, 30)
            tone = rng.uniform(0.03, 0.4) * np.array([1, rng.uniform(0.3, 0.9), rng.uniform(0.15, 0.7)])
            place(
                box("book", (thick, 16, high), Surface("book", tuple(tone), 0.7), 0.2),
                (x + thick / 2, 154, level + 1.5 + high / 2),
            )
            x += thick + (rng.uniform(8, 30) if rng.random() < 0.15 else 0.3)


def build():
    rng = np.random.default_rng(3)
    frame()
    steel = metal("wire", (0.7, 0.68, 0.64), 0.25)
    for row, (color, left) in enumerate(zip(COLORS, (3, 7, 5, 2, 8, 4, 6, 10, 1, 5))):
        z = TALL - 0.9 - row * 2.42
        tube("wire", [(-WIDE / 2 - 1, 0, z), (0, 0, z - 0.03), (WIDE / 2 + 1, 0, z)], 0.13, steel)
        bead_row(z, color, left, rng)
    desk()
    sun((-90, -30, 70), (0, 0, 8), 3.0, 2.5, (1, 0.88, 0.7))
    softbox((-80, -10, 60), (0, 0, 10), (80, 80), 38_000, (1, 0.96, 0.9))
    ambient((0.7, 0.8, 1.0), 0.3)
    camera((17, -66, 25), (1.0, 0, 13.2), lens=56, focus=(1, -1, 14), fstop=0.07)
    expose(0.15)
