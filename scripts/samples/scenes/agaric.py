"""Three fly agarics in the moss of a dark wood."""

import numpy as np
from mathutils import Matrix

from studio.camera import camera, expose
from studio.light import ambient, softbox, sun
from studio.material import Surface
from studio.plants import far_trees, grass_surface, lawn
from studio.shape import curve_through, ground, lathe, mesh, place
from studio.terrain import fractal

# Lengths are centimetres in the whole scene.
CAP = [(0.01, 3.0), (1.6, 2.85), (3.3, 2.25), (4.6, 1.15), (5.1, 0.1), (4.95, -0.15), (4.6, -0.05)]


def skin():
    """Wet scarlet skin that pales towards the rim."""
    red = Surface("skin", rough=0.22, Subsurface=0.08, Subsurface_Color=(0.8, 0.05, 0.02, 1), Specular=0.5)
    pale = red.math("ADD", red.span(red.axis("Z"), 1.2, 0.0, 0, 0.6), red.math("MULTIPLY", red.noise(0.8, 6), 0.5))
    red.set(
        Base_Color=red.ramp(pale, [(0.2, (0.42, 0.008, 0.006)), (0.6, (0.62, 0.035, 0.008)), (1.0, (0.75, 0.16, 0.02))])
    )
    return red.bump(red.noise(3, 6), 0.12, 0.08)


def warts(rng, profile, size, count=85):
    """White flecks of the veil on the cap: flattened, ragged lumps standing on its profile."""
    angle = rng.uniform(0, 2 * np.pi, count)
    at = np.sqrt(rng.uniform(0.0, 0.93, count)) * 0.72
    lumps = []
    ring = np.linspace(0, 2 * np.pi, 9)[:-1]
    for a, t in zip(angle, at):
        i = int(t * (len(profile) - 1))
        r, z = profile[i]
        (r0, z0), (r1, z1) = profile[max(0, i - 2)], profile[i + 2]
        normal = np.array([z0 - z1, r1 - r0]) / np.hypot(z0 - z1, r1 - r0)
        out, up = np.array([np.cos(a), np.sin(a), 0]), np.array([0, 0, 1])
        center = out * r + up * z
        n = out * normal[0] + up * normal[1]
        side, along = np.array([-np.sin(a), np.cos(a), 0]), out * normal[1] - up * normal[0]
        big = size * rng.uniform(0.5, 1.25) * (1.1 - 0.6 * t)
        for height, wide in ((-0.05, 1.0), (0.3, 0.85), (0.5, 0.4)):
            ragged = wide * big * rng.uniform(0.75, 1.2, 8)[:, None]
            lumps.append(
                center + n * height * big + ragged * (np.cos(ring)[:, None] * side + np.sin(ring)[:, None] * along)
            )
    faces = []
    for lump in range(count):
        for level in range(2):
            base = lump * 24 + level * 8
            faces += [(base + i, base + (i + 1) % 8, base + 8 + (i + 1) % 8, base + 8 + i) for i in range(8)]
        faces.append(tuple(lump * 24 + 16 + i for i in range(8)))
    cream = Surface("veil", (0.82, 0.77, 0.64), 0.85, Subsurface=0.1)
    return mesh("warts", np.concatenate(lumps), faces, cream, subdivide=1)


def gills(surface, radius=4.7, count=110):
    """Thin blades below the cap."""
    a = np.linspace(0, 2 * np.pi, count, endpoint=False)
    corners = []
    for angle in a:
        out = np.array([np.cos(angle), np.sin(angle), 0])
        for r, z in ((0.9, 1.6), (radius, 0.1), (radius - 0.1, -0.05), (2.8, 0.2), (0.9, 0.9)):
            corners.append(out * r + [0, 0, z])
    return mesh("gills", corners, [tuple(range(5 * i, 5 * i + 5)) for i in range(count)], surface, smooth=False)


def agaric(rng, at, height, size, lean, turn):
    """One mushroom: stem with its ring and bulb, cap, warts and gills."""
    flesh = Surface("flesh", (0.78, 0.74, 0.64), 0.75, Subsurface=0.2, Subsurface_Radius=(0.6, 0.4, 0.2))
    flesh.bump(flesh.noise(2.5, 8, 0.6, stretch=(1, 1, 0.25)), 0.5, 0.15)
    profile = curve_through(CAP, 80)
    stem = [
        (0.01, -0.6),
        (1.5, -0.4),
        (1.7, 0.6),
        (1.25, 1.8),
        (0.95, 3.5),
        (0.85, height / size - 0.4),
        (0.9, height / size + 1.4),
    ]
    skirt = [(0.86, 0.0), (1.3, -0.25), (1.95, -0.85), (2.05, -1.05), (1.85, -0.95), (1.0, -0.3)]
    parts = [lathe("stem", curve_through(stem, 60), flesh, 48)]
    parts.append(lathe("ring", [(r, z + height / size - 1.0) for r, z in curve_through(skirt, 40)], flesh, 48))
    for thing in (lathe("cap", profile, skin(), 128), warts(rng, profile, 0.42), gills(flesh)):
        thing.data.transform(Matrix.Translation((0, 0, height / size)))
        parts.append(thing)
    for part in parts:
        place(part, at, (lean[0], lean[1], turn), size)


def relief(x, y):
    """Hummocks of moss."""
    return 3.2 * (fractal(x / 17, y / 17, 4, 4) - 0.5) + 0.5 * fractal(x / 2.5, y / 2.5, 6, 3)


def leaves(rng, count=70):
    """Fallen birch leaves."""
    dry = Surface("leaf", rough=0.7)
    dry.set(Base_Color=dry.ramp(dry.per_instance(), [(0.2, (0.3, 0.11, 0.02)), (0.8, (0.5, 0.3, 0.04))]))
    t = np.linspace(0, 2 * np.pi, 15)[:-1]
    for x, y in np.stack([rng.uniform(-40, 40, count), rng.uniform(-16, 70, count)], -1):
        wide = 1.1 * np.sin(t) * (1 + 0.4 * np.cos(t))
        outline = np.stack([1.7 * np.cos(t), wide, 0.3 * wide**2], -1)
        thing = mesh("leaf", outline, [tuple(range(14))], dry)
        place(thing, (x, y, float(relief(x, y)) + 1.0), (*rng.uniform(-25, 25, 2), rng.uniform(0, 360)))


def build():
    rng = np.random.default_rng(11)
    peat = Surface("peat", (0.02, 0.03, 0.008), 0.95)
    ground("peat", 400, peat, relief, 240)
    moss = grass_surface((0.03, 0.075, 0.008), (0.12, 0.2, 0.02))
    lawn(((-38, 38), (-22, 70)), density=1.7, height=1.3, seed=5, surface=moss, relief=relief)
    lawn(((-36, 36), (-8, 70)), density=0.06, height=6.0, seed=9, kinds=3, relief=relief)
    leaves(rng)
    z = lambda x, y: float(relief(np.array(x), np.array(y)))  # noqa: E731
    agaric(rng, (0.5, 0, z(0.5, 0) - 0.2), 11.5, 1.35, (4, -5), 20)
    agaric(rng, (-10.5, 6, z(-10.5, 6) - 0.2), 6.0, 0.85, (2, 7), 80)
    agaric(rng, (10.8, 13, z(10.8, 13) - 0.2), 9.5, 1.0, (-3, -4), 150)

    row = np.stack([rng.uniform(-330, 330, 60), rng.uniform(170, 420, 60), rng.uniform(-10, 150, 60)], -1)
    far_trees(row, 30, seed=2)
    sun((-60, 60, 70), (0, 0, 8), 4.5, 4, (1, 0.85, 0.62))
    softbox((45, -60, 60), (0, 0, 8), (70, 70), 26_000, (0.85, 0.95, 1))
    ambient((0.55, 0.7, 0.5), 0.45)
    camera((0, -47, 11), (0.3, 0, 9.2), lens=58, focus=(0.5, -4.5, 14), fstop=0.045)
    expose(0.35)
