"""Grass, as tufts of tapering, bent blades strewn over a lawn, and trees for the far background."""

from math import pi

import numpy as np

from studio.material import Surface
from studio.shape import ball, copies, mesh

SEGMENTS = 4


def _blade(rng, spread, height, width):
    """One blade as a strip of vertices (2 * (SEGMENTS + 1), 3)."""
    root = np.append(rng.uniform(-spread, spread, 2), 0)
    heading = rng.uniform(0, 2 * pi)
    forward = np.array([np.cos(heading), np.sin(heading), 0])
    side = np.array([-forward[1], forward[0], 0])
    tall = height * rng.uniform(0.55, 1.15)
    lean = tall * rng.uniform(0.1, 0.75)
    t = np.linspace(0, 1, SEGMENTS + 1)[:, None]
    spine = root + forward * lean * t**1.8 + np.array([0, 0, 1]) * tall * t * (1 - 0.22 * t)
    half = side * width * rng.uniform(0.7, 1.2) * (1 - t**1.5 * 0.96) / 2
    return np.stack([spine - half, spine + half], 1).reshape(-1, 3)


def tuft(name, surface, rng, blades=60, spread=1.0, height=2.0, width=0.16):
    """Many blades in one mesh, so that a lawn is a few hundred objects and not a million."""
    strips = [_blade(rng, spread, height, width) for _ in range(blades)]
    size = 2 * (SEGMENTS + 1)
    faces = [
        (b * size + 2 * s, b * size + 2 * s + 1, b * size + 2 * s + 3, b * size + 2 * s + 2)
        for b in range(blades)
        for s in range(SEGMENTS)
    ]
    return mesh(name, np.concatenate(strips), faces, surface)


def grass_surface(dark=(0.035, 0.1, 0.01), light=(0.16, 0.3, 0.03)):
    """Green that varies from tuft to tuft and along a blade, and lets a little light through."""
    green = Surface("grass", rough=0.5, Specular=0.25, Sheen=0.2)
    vary = green.math(
        "ADD", green.math("MULTIPLY", green.noise(0.6, 2), 0.6), green.math("MULTIPLY", green.per_instance(), 0.4)
    )
    green.set(Base_Color=green.ramp(vary, [(0.25, dark), (0.6, light), (0.85, (0.3, 0.34, 0.07))]))
    green.let_through((0.3, 0.5, 0.05), 0.35)
    return green


def lawn(area, density=1.0, height=2.0, bare=None, seed=0, surface=None, kinds=5, relief=None):
    """Grass over `area` ((x0, x1), (y0, y1)). `bare` (x, y, radius) is kept free of roots; `relief(x, y)` lifts it."""
    rng = np.random.default_rng(seed)
    green = surface or grass_surface()
    models = [tuft(f"tuft {i}", green, rng, height=height, spread=1.1, width=height * 0.09) for i in range(kinds)]
    (x0, x1), (y0, y1) = area
    count = int((x1 - x0) * (y1 - y0) * density / 2)
    spots = np.stack([rng.uniform(x0, x1, count), rng.uniform(y0, y1, count), np.zeros(count)], -1)
    if bare:
        spots = spots[np.hypot(spots[:, 0] - bare[0], spots[:, 1] - bare[1]) > bare[2]]
    if relief:
        spots[:, 2] = relief(spots[:, 0], spots[:, 1])
    for i, model in enumerate(models):
        mine = spots[i::kinds]
        turns = np.stack([np.zeros(len(mine)), np.zeros(len(mine)), rng.uniform(0, 360, len(mine))], -1)
        copies(model, mine, turns, rng.uniform(0.75, 1.2, len(mine)))
        model.hide_render = True
    return green


def far_trees(spots, radius, surface=None, seed=0):
    """Round crowns of foliage at `spots` (n, 3), made for the blurred distance."""
    rng = np.random.default_rng(seed)
    leaves = surface or Surface("leaves", rough=0.7)
    if surface is None:
        tone = leaves.math("ADD", leaves.noise(5, 4), leaves.math("MULTIPLY", leaves.per_instance(), 0.3))
        leaves.set(Base_Color=leaves.ramp(tone, [(0.4, (0.012, 0.03, 0.008)), (0.8, (0.09, 0.14, 0.025))]))
    crown = ball("crown", 1, leaves, 48)
    points = np.array([v.co for v in crown.data.vertices])
    lumps = sum(np.sin(points @ rng.normal(0, f, 3) + rng.uniform(0, 6)) / f for f in (4, 6, 9, 13, 19, 27))
    for vertex, lump in zip(crown.data.vertices, lumps):
        vertex.co *= 1 + 0.3 * lump
    turns = rng.uniform(0, 360, (len(spots), 3))
    copies(crown, spots, turns, radius * rng.uniform(0.6, 1.3, len(spots)))
    crown.hide_render = True


def conifer(name, surface, rng, height=12.0, branches=420, needles=10):
    """A spruce: whorls of drooping branches, each a fan of slivers, on a bare stem."""
    up = np.sort(rng.uniform(0.06, 1, branches))
    heading = rng.uniform(0, 2 * pi, branches)
    reach = height * 0.24 * (1.03 - up) ** 0.85 * rng.uniform(0.75, 1.1, branches)
    out = np.stack([np.cos(heading), np.sin(heading), np.full(branches, -0.35)], -1)
    corners = []
    for root, direction, length in zip(up * height, out, reach):
        t = rng.uniform(0.1, 1, (needles, 1))
        start = np.array([0, 0, root]) + direction * length * t * [1, 1, t.mean()]
        tip = start + direction * length * 0.4 + rng.normal(0, length * 0.13, (needles, 3))
        side = np.cross(direction, [0, 0, 1]) * length * 0.075 + rng.normal(0, length * 0.03, (needles, 3))
        corners.append(np.stack([start - side, start + side, tip], 1).reshape(-1, 3))
    corners = np.concatenate(corners)
    return mesh(name, corners, np.arange(len(corners)).reshape(-1, 3), surface, smooth=False)
