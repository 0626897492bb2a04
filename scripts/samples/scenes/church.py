"""A white village church in fresh snow, in the last sun of the afternoon."""

from math import cos, pi, sin

import numpy as np

from studio.camera import camera, expose
from studio.light import sky
from studio.material import Surface
from studio.plants import conifer
from studio.shape import box, copies, ground, mesh, place
from studio.terrain import fractal, step


def arch(name, width, height, depth, surface):
    """A round-headed opening that stands out of a wall facing -y by `depth`; its sill is at the origin."""
    r = width / 2
    rim = [(-r, 0), (r, 0)] + [(r * cos(a), height - r + r * sin(a)) for a in np.linspace(0, pi, 17)]
    count = len(rim)
    vertices = [(x, -depth, z) for x, z in rim] + [(x, depth, z) for x, z in rim]
    sides = [(i, (i + 1) % count, count + (i + 1) % count, count + i) for i in range(count)]
    return mesh(name, vertices, [tuple(range(count)), *sides], surface, smooth=False)


def window(position, turn, width=0.9, height=2.6):
    """Stone surround, panes and glazing bars."""
    stone = Surface("surround", (0.36, 0.31, 0.26), 0.8)
    pane = Surface("pane", (0.02, 0.03, 0.05), 0.08, Emission=(1, 0.5, 0.16, 1), Emission_Strength=0.25)
    place(arch("surround", width + 0.36, height + 0.36, 0.07, stone), position, (0, 0, turn))
    place(arch("pane", width, height, 0.1, pane), position, (0, 0, turn)).location.z += 0.16
    out = np.array([sin(turn * pi / 180), -cos(turn * pi / 180), 0]) * 0.11
    for z in (0.9, 1.7):
        place(box("bar", (width, 0.04, 0.05), stone), np.array(position) + out + [0, 0, z], (0, 0, turn))
    place(
        box("bar", (0.05, 0.04, height - 0.1), stone),
        np.array(position) + out + [0, 0, height / 2 + 0.12],
        (0, 0, turn),
    )


def gable(name, length, width, rise, overhang, surface):
    """A saddle roof along y with its eaves at z = 0, as a prism."""
    w, l = width / 2 + overhang, length / 2 + overhang
    drop = -rise * overhang / (width / 2)
    vertices = [(-w, -l, drop), (w, -l, drop), (0, -l, rise), (-w, l, drop), (w, l, drop), (0, l, rise)]
    return mesh(name, vertices, [(0, 1, 2), (3, 5, 4), (0, 2, 5, 3), (1, 4, 5, 2), (0, 3, 4, 1)], surface, smooth=False)


def spire(name, width, height, surface):
    """An eight-sided spire over a square base."""
    a = np.arange(8) * pi / 4 + pi / 8
    rim = np.stack([np.cos(a) * width / 1.85, np.sin(a) * width / 1.85, 0 * a], -1)
    return mesh(name, [*rim, (0, 0, height)], [(i, (i + 1) % 8, 8) for i in range(8)], surface, smooth=False)


def plaster():
    """Limewash, stained under the eaves."""
    wall = Surface("limewash", rough=0.9, Specular=0.2)
    stain = wall.noise(0.7, 9, 0.65, stretch=(1, 1, 0.25))
    wall.set(Base_Color=wall.ramp(stain, [(0.3, (0.6, 0.56, 0.5)), (0.6, (0.8, 0.78, 0.73))]))
    return wall.bump(wall.noise(5, 8), 0.25, 0.04)


def slate():
    """A roof of shingles with snow lying on it in patches."""
    tile = Surface("slate", rough=0.7)
    rows = tile.math("FRACT", tile.math("MULTIPLY", tile.axis("Z"), 3.2))
    dark = tile.ramp(tile.noise(3, 6), [(0.3, (0.06, 0.022, 0.016)), (0.7, (0.17, 0.06, 0.04))])
    snow = tile.span(tile.noise(0.55, 8, 0.6), 0.56, 0.62)
    tile.set(Base_Color=tile.mix(snow, dark, (0.85, 0.87, 0.9)))
    return tile.bump(rows, 0.5, 0.05)


def church():
    wall, roof = plaster(), slate()
    place(box("nave", (8, 15, 6.5), wall), (0, 9.5, 3.2))
    place(gable("roof", 15, 8, 5, 0.45, roof), (0, 9.5, 6.4))
    place(gable("gable wall", 14.6, 7.9, 4.9, 0, wall), (0, 9.4, 6.4))
    place(box("tower", (4.4, 4.4, 14), wall), (0, 0.6, 7))
    stone = Surface("cornice", (0.5, 0.45, 0.39), 0.8)
    for z, out in ((9.3, 0.2), (13.9, 0.45)):
        place(box("cornice", (4.4 + out, 4.4 + out, 0.3), stone, 0.05), (0, 0.6, z))
    place(spire("spire", 4.9, 10.5, roof), (0, 0.6, 14.05))
    gold = Surface("cross", (0.8, 0.55, 0.2), 0.25, Metallic=1.0)
    place(box("cross", (0.14, 0.14, 1.9), gold), (0, 0.6, 25.2))
    place(box("cross", (0.95, 0.14, 0.14), gold), (0, 0.6, 25.45))
    door = Surface("door", (0.1, 0.04, 0.02), 0.6)
    place(arch("porch", 2.2, 3.5, 0.14, stone), (0, -1.6, 0))
    place(arch("door", 1.7, 3.1, 0.2, door), (0, -1.6, 0))
    window((0, -1.6, 5.2), 0, 0.8, 2.2)
    window((0, -1.6, 10.3), 0, 1.1, 2.7)
    window((-2.2, 0.6, 10.3), -90, 1.1, 2.7)
    for y in (4.4, 8.2, 12, 15.6):
        window((-4, y, 2.0), -90, 1.0, 3.2)


def relief(x, y):
    """Drifts, and a rise behind the church."""
    return (
        1.2 * (fractal(x / 14, y / 14, 3, 4) - 0.5) * step(np.hypot(x, y - 6), 6, 22)
        + 26 * step(y, 40, 190)
        + 0.08 * fractal(x * 0.8, y * 0.8, 8, 4)
    )


def forest(rng):
    """Spruces behind and beside, dusted with snow."""
    needle = Surface("needles", rough=0.8)
    tone = needle.math("ADD", needle.noise(1.1, 4), needle.math("MULTIPLY", needle.per_instance(), 0.12))
    needle.set(
        Base_Color=needle.ramp(
            tone, [(0.4, (0.012, 0.026, 0.014)), (0.58, (0.03, 0.06, 0.03)), (0.66, (0.6, 0.65, 0.7))]
        )
    )
    models = [conifer(f"spruce {i}", needle, rng, branches=380) for i in range(3)]
    x, y = rng.uniform(-70, 70, 420), rng.uniform(30, 120, 420)
    x, y = np.append(x, [-13, -17, 10.5, 15, -23, 9, -30, -36]), np.append(y, [14, 24, 12, 22, 8, 5, -16, -8])
    spots = np.stack([x, y, relief(x, y) - 0.4], -1)
    for i, model in enumerate(models):
        mine = spots[i::3]
        copies(
            model,
            mine,
            np.stack([0 * mine[:, 0], 0 * mine[:, 0], rng.uniform(0, 360, len(mine))], -1),
            rng.uniform(0.7, 1.25, len(mine)),
        )
        model.hide_render = True


def fence():
    """A low picket fence along the path."""
    old = Surface("fence", (0.11, 0.08, 0.06), 0.85)
    post = box("picket", (0.12, 0.06, 1.1), old)
    xs = [x for x in np.arange(-16, 17, 0.34) if abs(x - 0.3) > 1.6]
    rail = float(relief(np.array(0.0), np.array(-8.5)))
    for x, long in ((-9, 14.4), (9.4, 15)):
        place(box("rail", (long, 0.05, 0.1), old), (x, -8.45, rail + 0.6))
    copies(post, [(x, -8.5, float(relief(x, np.array(-8.5))) + 0.45) for x in xs])
    post.hide_render = True


def build():
    rng = np.random.default_rng(7)
    snow = Surface("snow", (0.78, 0.8, 0.85), 0.6, Specular=0.3, Sheen=0.2)
    snow.bump(snow.noise(3, 10, 0.6), 0.35, 0.12)
    ground("snow", 420, snow, relief, 420)
    church()
    forest(rng)
    fence()
    sky(elevation=13, rotation=-104, strength=0.17, sun=0.6, sun_size=1.2, clouds=((6, 5, 4.7), 0.3, 1.2))
    camera((-15, -34, 3.0), (-1.6, 3, 11.0), lens=36, sharp=True)
    expose(-0.45)
