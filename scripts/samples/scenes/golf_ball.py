"""A golf ball in the grass, low evening sun behind it."""

from math import pi, sqrt

import numpy as np

from studio.camera import camera, expose
from studio.light import sky
from studio.material import Surface
from studio.plants import far_trees, lawn
from studio.shape import ground, mesh, place, sphere_grid

RADIUS = 2.13  # centimetres, as in the whole scene
DIMPLES = 336


def fibonacci(count):
    """Points spread evenly over the unit sphere."""
    i = np.arange(count) + 0.5
    z = 1 - 2 * i / count
    angle = pi * (1 + sqrt(5)) * i
    ring = np.sqrt(1 - z * z)
    return np.stack([ring * np.cos(angle), ring * np.sin(angle), z], -1)


def dimpled(rows=260, columns=520):
    """A sphere pressed in around each of the dimples' centres."""
    points, faces = sphere_grid(rows, columns)
    nearest = np.max(points @ fibonacci(DIMPLES).T, axis=1)
    reach = np.arccos(np.clip(nearest, -1, 1)) / 0.092
    depth = 0.03 * np.clip(1 - reach**2, 0, 1) ** 0.8
    return points * (RADIUS * (1 - depth))[:, None], faces


def build():
    white = Surface("lacquer", (0.86, 0.86, 0.84), 0.28, Specular=0.5, Clearcoat=0.6, Clearcoat_Roughness=0.1)
    place(mesh("ball", *dimpled(), white), (0, 0, RADIUS + 0.25), (25, 35, 10))

    soil = Surface("soil", (0.03, 0.045, 0.015), 0.9)
    ground("soil", 1600, soil)
    lawn(area=((-70, 70), (-24, 170)), density=1.15, height=2.2, bare=(0, 0, 1.5), seed=3)

    rng = np.random.default_rng(5)
    row = np.stack([np.linspace(-330, 330, 34), rng.uniform(330, 520, 34), rng.uniform(0, 45, 34)], -1)
    far_trees(row, 34, seed=5)

    sky(elevation=16, rotation=-62, strength=0.22, sun=0.7, sun_size=2)
    camera((0.8, -21, 5.2), (0.8, 0, 2.9), lens=62, focus=(0, -1.7, 2.4), fstop=0.08)
    expose(-0.1)
