"""Green apples in a stoneware bowl on a sunny kitchen table."""

import numpy as np

from studio.camera import camera, expose
from studio.light import ambient, softbox, sun
from studio.material import Surface
from studio.matter import glaze, wood
from studio.shape import box, curve_through, grid_faces, lathe, mesh, place, tube

# Lengths are centimetres in the whole scene.
OUTLINE = [
    (0.01, 2.35), (0.35, 2.3), (0.9, 2.75), (1.7, 3.25), (2.7, 3.05), (3.6, 1.9), (3.85, 0.3),
    (3.45, -1.5), (2.5, -2.85), (1.6, -3.3), (0.9, -3.15), (0.01, -2.8),
]  # fmt: skip


def skin():
    """Waxy green skin with pale lenticels and a yellow blush."""
    green = Surface("skin", rough=0.24, Subsurface=0.06, Subsurface_Color=(0.5, 0.7, 0.05, 1), Specular=0.45)
    blush = green.math("ADD", green.noise(0.25, 3), green.math("MULTIPLY", green.per_instance(), 0.2))
    tone = green.ramp(blush, [(0.35, (0.16, 0.32, 0.025)), (0.6, (0.27, 0.4, 0.035)), (0.85, (0.48, 0.45, 0.06))])
    dots = green.span(green.cells(2.1), 0.1, 0.14, 0.6, 0)
    green.set(Base_Color=green.mix(dots, tone, (0.66, 0.7, 0.35)))
    return green.bump(green.noise(1.2, 6), 0.06, 0.1)


def apple(surface, bark, at, turn, size=1.0, seed=0):
    """One apple: five-lobed, a little lopsided, with its stem."""
    rng = np.random.default_rng(seed)
    profile = curve_through(OUTLINE, 70)
    steps = 90
    u = np.arange(steps) * 2 * np.pi / steps
    lobes = 1 + 0.025 * np.cos(5 * u + rng.uniform(0, 6)) + 0.03 * np.cos(u + rng.uniform(0, 6))
    rings = []
    for i, (r, z) in enumerate(profile):
        low = i / len(profile)
        swell = 1 + (lobes - 1) * (0.5 + low)
        rings.append(
            np.stack([np.cos(u) * r * swell, np.sin(u) * r * swell, np.full(steps, z) + 0.15 * r / 4 * np.cos(u)], -1)
        )
    body = mesh("apple", np.concatenate(rings), grid_faces(len(profile), steps, wrap=True), surface)
    stem = tube("stem", [(0, 0, 2.2), (0.1, 0.05, 3.1), (0.45, 0.2, 4.2)], 0.16, bark, radii=[0.8, 0.8, 1.3])
    for part in (body, stem):
        place(part, at, turn, size)


def bowl():
    """A wide bowl, thrown on the wheel."""
    clay = glaze("stoneware", (0.62, 0.58, 0.5), 0.2, specks=0.8)
    band = clay.span(clay.axis("Z"), 5.2, 5.35)
    clay.set(Base_Color=clay.mix(band, (0.62, 0.58, 0.5), (0.03, 0.09, 0.16)))
    shape = [
        (0.01, 0.9),
        (4.0, 0.8),
        (4.2, 0),
        (4.7, 0.0),
        (5.0, 0.9),
        (8.2, 2.4),
        (10.6, 4.6),
        (11.6, 6.6),
        (11.4, 6.8),
        (11.0, 6.5),
        (9.8, 4.6),
        (7.6, 2.9),
        (4, 1.6),
        (0.01, 1.5),
    ]
    place(lathe("bowl", curve_through(shape, 110), clay, 160), (0, 0, 0))


def room():
    """The table and, far behind it, a bright kitchen."""
    pine = wood("pine", (0.28, 0.15, 0.06), (0.55, 0.36, 0.18), 0.45, scale=0.012)
    for i in range(-5, 7):
        place(box("board", (240, 11.8, 3), pine, 0.15), (0, 12 * i, -1.5), (0, 0, 0))
    wall = Surface("tiles", (0.5, 0.55, 0.54), 0.3)
    place(box("wall", (700, 2, 300), wall), (0, 210, 80))
    for x, color in ((-70, (0.35, 0.12, 0.05)), (-52, (0.6, 0.5, 0.3)), (60, (0.1, 0.22, 0.2)), (84, (0.7, 0.66, 0.6))):
        place(
            lathe("jar", [(0.1, 0), (7, 0), (8, 2), (8, 22), (5, 27), (0.1, 27)], Surface("jar", color, 0.25), 48),
            (x, 185, 0),
        )
    place(box("counter", (700, 60, 4), Surface("counter", (0.42, 0.33, 0.24), 0.4)), (0, 195, -2))


def build():
    green, bark = skin(), Surface("bark", (0.06, 0.035, 0.015), 0.8)
    bowl()
    heap = [
        ((-5.3, -2.6, 6.2), (14, -12, 40)), ((1.8, -5.4, 6.3), (18, 10, 160)), ((5.9, 0.8, 6.4), (-4, 16, 250)),
        ((-1.2, 4.8, 6.2), (-14, 4, 80)), ((0.2, -1.0, 11.0), (10, -8, 300)),
    ]  # fmt: skip
    for i, (at, turn) in enumerate(heap):
        apple(green, bark, at, turn, 1.0 + 0.03 * (i % 3), i)
    apple(green, bark, (14.2, -8.5, 3.15), (6, 14, 200), 0.98, 7)
    room()
    sun((-90, 40, 80), (0, 0, 5), 3.2, 2.5, (1, 0.9, 0.74))
    softbox((-90, 10, 60), (0, 0, 5), (80, 80), 36_000, (1, 0.96, 0.9))
    ambient((0.75, 0.85, 1.0), 0.35)
    camera((4, -60, 24), (2.9, 0, 6.8), lens=63, focus=(1, -6, 8), fstop=0.06)
    expose(0.2)
