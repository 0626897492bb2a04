"""A tennis ball on a clay court, the white line beside it and the net far behind."""

from math import pi

import numpy as np

from studio.camera import camera, expose
from studio.light import sky
from studio.material import Surface
from studio.plants import far_trees
from studio.shape import box, ground, mesh, paint, place, sphere_grid

RADIUS = 3.35  # centimetres, as in the whole scene


def seam(count=600):
    """The closed curve of the seam on the unit sphere."""
    t = np.linspace(0, 2 * pi, count)
    a, b = 0.72, 0.28
    points = np.stack(
        [a * np.cos(t) + b * np.cos(3 * t), a * np.sin(t) - b * np.sin(3 * t), 2 * np.sqrt(a * b) * np.sin(2 * t)], -1
    )
    return points / np.linalg.norm(points, axis=1, keepdims=True)


def felt():
    """Optic yellow felt, white rubber where `paint` is 1."""
    cloth = Surface("felt", rough=0.95, Sheen=1.0, Specular=0.15)
    tone = cloth.ramp(cloth.noise(1.6, 8, 0.7), [(0.3, (0.42, 0.5, 0.015)), (0.75, (0.68, 0.78, 0.06))])
    cloth.set(Base_Color=cloth.mix(cloth.attribute(), tone, (0.75, 0.77, 0.66)))
    return cloth.bump(cloth.noise(9, 10, 0.8), 0.9, 0.12)


def ball():
    points, faces = sphere_grid(220, 440)
    line = seam()
    near = np.concatenate([np.max(part @ line.T, axis=1) for part in np.array_split(points, 20)])
    away = np.arccos(np.clip(near, -1, 1))
    groove = np.clip(1 - (away / 0.055) ** 4, 0, 1)
    rng = np.random.default_rng(1)
    thing = mesh("ball", points * (RADIUS * (1 - 0.018 * groove))[:, None], faces, felt())
    paint(thing, np.clip((0.05 - away) / 0.015, 0, 1))
    return [thing, fuzz(points[(away > 0.07) & (np.abs(points[:, 2]) < 0.999)], rng)]


def fuzz(points, rng, count=26_000):
    """Short fibres standing off the felt, each a sliver of a triangle."""
    root = points[rng.integers(0, len(points), count)] + rng.normal(0, 0.006, (count, 3))
    root /= np.linalg.norm(root, axis=1, keepdims=True)
    lean = root + rng.normal(0, 0.75, (count, 3))
    tip = root * RADIUS + lean / np.linalg.norm(lean, axis=1, keepdims=True) * rng.uniform(0.06, 0.2, (count, 1))
    side = np.cross(root, rng.normal(size=(count, 3))) * 0.011
    corners = np.stack([root * RADIUS * 0.998 - side, root * RADIUS * 0.998 + side, tip], 1).reshape(-1, 3)
    fibre = Surface("fibre", (0.6, 0.7, 0.08), 0.9).let_through((0.6, 0.7, 0.08), 0.4)
    return mesh("fuzz", corners, np.arange(3 * count).reshape(-1, 3), fibre, smooth=False)


def clay():
    """Crushed brick, brushed and footworn."""
    brick = Surface("clay", rough=0.95, Specular=0.1)
    tone = brick.ramp(brick.noise(0.12, 8, 0.6), [(0.3, (0.26, 0.075, 0.028)), (0.7, (0.42, 0.14, 0.055))])
    brick.set(Base_Color=brick.mix(brick.span(brick.noise(5, 4), 0.55, 0.75, 0, 0.5), tone, (0.55, 0.25, 0.13)))
    grit = brick.math("ADD", brick.noise(3.5, 10, 0.75), brick.math("MULTIPLY", brick.noise(0.4, 4), 1.5))
    return brick.bump(grit, 1.0, 0.35)


def crumbs(rng, count=900):
    """Loose grains of brick around the ball."""
    spots = np.stack([rng.normal(0, 16, count), rng.uniform(-18, 40, count), np.zeros(count)], -1)
    shape = np.array([(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)])
    faces = [(0, 2, 4), (2, 1, 4), (1, 3, 4), (3, 0, 4), (2, 0, 5), (1, 2, 5), (3, 1, 5), (0, 3, 5)]
    size = rng.gamma(2, 0.045, (count, 1, 1))
    corners = (spots[:, None] + shape * size * rng.uniform(0.6, 1.3, (count, 6, 1))).reshape(-1, 3)
    return mesh(
        "crumbs", corners, [[6 * i + c for c in face] for i in range(count) for face in faces], clay(), smooth=False
    )


def net(y):
    """The net with its white band."""
    white = Surface("band", (0.8, 0.8, 0.78), 0.8)
    black = Surface("net", (0.02, 0.02, 0.02), 0.8)
    place(box("band", (2400, 2, 7), white), (0, y, 88))
    for x in np.arange(-800, 801, 9):
        place(box("cord", (0.7, 0.7, 85), black), (x, y, 43))
    for z in np.arange(4, 86, 9):
        place(box("cord", (1600, 0.7, 0.7), black), (0, y, z))


def build():
    for part in ball():
        place(part, (0, 0, RADIUS), (20, 38, 25))
    ground("court", 6000, clay(), cells=2)
    crumbs(np.random.default_rng(4))
    chalk = Surface("line", rough=0.9)
    chalk.set(Base_Color=chalk.ramp(chalk.noise(0.7, 8, 0.7), [(0.32, (0.5, 0.27, 0.18)), (0.5, (0.78, 0.74, 0.7))]))
    place(box("line", (400, 5, 0.08), chalk), (0, 11, 0.04), (0, 0, 14))
    net(620)
    rng = np.random.default_rng(2)
    far_trees(np.stack([np.linspace(-1500, 1500, 40), rng.uniform(2300, 2700, 40), rng.uniform(0, 250, 40)], -1), 220)

    sky(elevation=27, rotation=-70, strength=0.2, sun=0.7, sun_size=1.5)
    camera((-3.5, -30, 6.6), (-1.2, 0, 4.0), lens=72, focus=(0, -2.4, 3.4), fstop=0.07)
    expose(-0.1)
