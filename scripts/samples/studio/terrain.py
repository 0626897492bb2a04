"""Relief for grounds: fractal noise as functions of x and y."""

from math import pi

import numpy as np


def _hash(ix, iy, seed):
    """A number in 0..1 for each point of an integer lattice."""
    h = (ix.astype(np.int64) * 374_761_393 + iy.astype(np.int64) * 668_265_263 + seed * 974_711) & 0x7FFFFFFF
    h = ((h ^ (h >> 13)) * 1_274_126_177) & 0x7FFFFFFF
    return ((h ^ (h >> 16)) & 0xFFFF) / 0xFFFF


def noise(x, y, seed=0):
    """Smooth value noise in 0..1 with features one unit across."""
    ix, iy = np.floor(x), np.floor(y)
    fx, fy = (t * t * t * (t * (t * 6 - 15) + 10) for t in (x - ix, y - iy))
    a, b = _hash(ix, iy, seed), _hash(ix + 1, iy, seed)
    c, d = _hash(ix, iy + 1, seed), _hash(ix + 1, iy + 1, seed)
    return (a + (b - a) * fx) * (1 - fy) + (c + (d - c) * fx) * fy


def fractal(x, y, seed=0, octaves=6, gain=0.5, ridged=False):
    """Fractal noise in about 0..1; `ridged` folds it into sharp crests."""
    total, weight, amplitude = 0.0, 0.0, 1.0
    angle = 0.6
    for octave in range(octaves):
        value = noise(x, y, seed + octave)
        total = total + amplitude * (1 - np.abs(2 * value - 1) if ridged else value)
        weight += amplitude
        amplitude *= gain
        # Each octave is turned, so that the lattice does not show.
        x, y = 2.03 * (x * np.cos(angle) - y * np.sin(angle)), 2.03 * (x * np.sin(angle) + y * np.cos(angle)) + pi
    return total / weight


def step(value, low, high):
    """0 below `low`, 1 above `high`, smooth between."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)
