"""A small sailing boat far out on an evening sea."""

from math import pi

import numpy as np

from studio.camera import camera, expose
from studio.light import sky
from studio.material import Surface
from studio.matter import water, wood
from studio.shape import box, grid_faces, ground, mesh, place, tube
from studio.terrain import fractal


def hull(surface, length=11.0, beam=3.2, depth=1.5):
    """Sections from stern (-x) to stem (+x), each a half-round that grows sharp towards the bow."""
    stations = np.linspace(0, 1, 40)
    around = np.linspace(0, pi, 25)
    sections = []
    for s in stations:
        half = beam / 2 * np.sqrt(np.clip(1 - np.abs(1.55 * s - 0.55) ** 2.4, 0, 1)) * (0.86 + 0.14 * (s > 0.2)) + 0.01
        sheer = 0.15 + 0.75 * (s - 0.35) ** 2
        keel = depth * (0.55 + 0.45 * np.sin(pi * min(1, s * 1.1)))
        y = half * np.cos(around)
        z = sheer - (keel + sheer) * np.sin(around) ** 0.75
        sections.append(np.stack([np.full(25, (s - 0.5) * length + 0.4 * s), y, z + 0.75], -1))
    deck = [np.array([(v[0][0], y * abs(v[0][1]), v[0][2] - 0.06) for y in (-0.97, 0.97)]) for v in sections]
    mesh("deck", np.concatenate(deck), grid_faces(40, 2), wood("deck", (0.3, 0.17, 0.08), (0.5, 0.32, 0.16), 0.5, 0.3))
    return mesh("hull", np.concatenate(sections), grid_faces(40, 25), surface)


def sail(name, luff, clew, belly, surface, rows=24):
    """A three-cornered sail between `luff` (foot and head of its front edge) and `clew`, filled with wind along y."""
    foot, head, clew = (np.array(p, float) for p in (*luff, clew))
    corners = []
    for t in np.linspace(0, 1, rows):
        front, back = foot + (head - foot) * t, clew + (head - clew) * t
        for u in np.linspace(0, 1, rows):
            fill = belly * 4 * u * (1 - u) * (1 - t) ** 0.6 * (0.5 + 0.5 * np.sin(pi * min(1, t + 0.25)))
            corners.append(front + (back - front) * u + np.array([0, fill, 0]))
    return mesh(name, corners, grid_faces(rows, rows), surface)


def boat():
    """White hull, wooden deck, cabin, the two masts of a yawl, their sails and the jib."""
    paint = Surface("paint", rough=0.25, Specular=0.5)
    stripe = paint.math("GREATER_THAN", paint.axis("Z"), 0.42)
    paint.set(Base_Color=paint.mix(stripe, (0.25, 0.02, 0.02), (0.8, 0.79, 0.76)))
    canvas = Surface("canvas", (0.82, 0.78, 0.7), 0.8)
    seams = canvas.math("FRACT", canvas.math("MULTIPLY", canvas.axis("Z"), 1.1))
    canvas.set(Base_Color=canvas.ramp(seams, [(0.0, (0.6, 0.56, 0.5)), (0.05, (0.83, 0.79, 0.71))]))
    canvas.let_through((0.9, 0.8, 0.62), 0.45)
    spar = Surface("spar", (0.4, 0.24, 0.1), 0.35)
    cord = Surface("cord", (0.08, 0.08, 0.08), 0.6)
    main = [(0.35, 0, 2.4), (0.35, 0, 14.2)]
    return [
        hull(paint),
        place(box("cabin", (3.2, 1.7, 0.7), paint, 0.2), (0.2, 0, 1.35)),
        tube("mast", [(0.6, 0, 0.6), (0.6, 0, 8), (0.6, 0, 14.6)], 0.11, spar),
        tube("boom", [(0.5, 0, 2.2), (-1.5, 0.4, 2.2), (-3.7, 0.9, 2.25)], 0.08, spar),
        sail("mainsail", main, (-3.6, 0.9, 2.4), 0.9, canvas),
        tube("mizzen mast", [(-4.3, 0, 0.8), (-4.3, 0, 4), (-4.35, 0, 8.2)], 0.08, spar),
        sail("mizzen", [(-4.42, 0, 1.9), (-4.42, 0, 7.8)], (-6.7, 0.5, 2.0), 0.35, canvas),
        sail("jib", [(5.7, 0, 1.5), (0.85, 0, 12.6)], (0.3, 1.2, 2.1), 0.8, canvas),
        tube("forestay", [(6.0, 0, 1.3), (3.3, 0, 7.4), (0.6, 0, 13.4)], 0.02, cord),
        tube("backstay", [(-4.3, 0, 8), (-2, 0, 11), (0.6, 0, 14.5)], 0.02, cord),
    ]


def waves(x, y):
    """A light breeze over a long swell."""
    return 0.7 * (fractal(x / 9, y / 5, 5, 6, 0.5) - 0.5) + 0.9 * (fractal(x / 40, y / 25, 8, 3) - 0.5)


def islands():
    """A low coast in the haze."""
    rng = np.random.default_rng(3)
    for i, (distance, height, amount) in enumerate([(1900, 75, 0.62), (2900, 150, 0.8)]):
        land = Surface(f"coast {i}", (0.04, 0.035, 0.05), 1.0).veil((0.5, 0.32, 0.3), amount)
        shift = rng.uniform(0, 9)
        x = np.linspace(-2600, 2600, 500)
        crest = height * np.clip(fractal(x / 700 + shift, 0 * x, 5 + i, 7) * 2.1 - 0.85, -0.2, 1)
        rim = np.concatenate(
            [np.stack([x, 0 * x + distance, 0 * x - 20], -1), np.stack([x, 0 * x + distance, crest], -1)]
        )
        mesh("coast", rim, grid_faces(2, len(x)), land)


def build():
    for part in boat():
        part.rotation_euler = [a + b for a, b in zip(part.rotation_euler, (-0.1, 0, 0.35))]
        part.location.rotate(part.rotation_euler)
    sea = water("sea", (0.008, 0.03, 0.05), 2.2, 0.3)
    place(ground("sea", 420, sea, waves, 500), (0, 120, 0))
    place(ground("far sea", 60_000, water("far sea", (0.008, 0.03, 0.05), 0.25, 0.22), cells=2), (0, 0, -0.7))
    islands()
    sky(elevation=5, rotation=14, strength=0.22, sun=0.3, sun_size=1.2, dust=2.2, clouds=((2.6, 1.3, 1.0), 0.35, 0.9))
    camera((-3, -62, 4.2), (6.5, 0, 7.0), lens=40, sharp=True)
    expose(-1.75)
