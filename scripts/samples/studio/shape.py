"""Shapes: meshes from arrays, lathed profiles, tubes, grounds, and many copies of one thing."""

from math import cos, pi, sin

import bpy
import numpy as np


def place(thing, position=(0, 0, 0), rotation=(0, 0, 0), scale=1.0):
    """Move, turn (degrees) and scale an object; returns it."""
    thing.location = position
    thing.rotation_euler = [angle * pi / 180 for angle in rotation]
    thing.scale = (scale,) * 3 if np.isscalar(scale) else scale
    return thing


def mesh(name, vertices, faces, surface=None, smooth=True, subdivide=0):
    """An object from vertices (n, 3) and faces (lists of indices)."""
    data = bpy.data.meshes.new(name)
    data.from_pydata([tuple(map(float, v)) for v in vertices], [], [tuple(map(int, f)) for f in faces])
    data.polygons.foreach_set("use_smooth", [smooth] * len(data.polygons))
    return _show(name, data, surface, subdivide)


def _show(name, data, surface, subdivide=0):
    thing = bpy.data.objects.new(name, data)
    bpy.context.collection.objects.link(thing)
    if surface:
        data.materials.append(surface.material)
    if subdivide:
        modifier = thing.modifiers.new("subdivide", "SUBSURF")
        modifier.levels = modifier.render_levels = subdivide
    return thing


def grid_faces(rows, columns, wrap=False):
    """The quadrilaterals of a grid of vertices stored row by row; `wrap` joins the last column to the first."""
    last = columns if wrap else columns - 1
    return [
        (r * columns + c, r * columns + (c + 1) % columns, (r + 1) * columns + (c + 1) % columns, (r + 1) * columns + c)
        for r in range(rows - 1)
        for c in range(last)
    ]


def lathe(name, profile, surface=None, steps=96, subdivide=0, smooth=True):
    """Turn a `profile` of (radius, height) about the z axis."""
    angles = np.arange(steps) * 2 * pi / steps
    vertices = [(r * cos(a), r * sin(a), z) for r, z in profile for a in angles]
    return mesh(name, vertices, grid_faces(len(profile), steps, wrap=True), surface, smooth, subdivide)


def curve_through(points, count=40):
    """A smooth profile through a few points (Catmull-Rom), as `count` points."""
    p = np.asarray(points, float)
    p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    out = []
    for t in np.linspace(0, len(points) - 1 - 1e-9, count):
        i, f = int(t), t - int(t)
        a, b, c, d = p[i : i + 4]
        out.append(
            0.5 * (2 * b + (c - a) * f + (2 * a - 5 * b + 4 * c - d) * f**2 + (3 * b - a - 3 * c + d) * f**3)
        )
    return np.array(out)


def tube(name, points, radius, surface=None, closed=False, radii=None):
    """A round tube along a smooth line; `radii` scales the radius at each point."""
    data = bpy.data.curves.new(name, "CURVE")
    data.dimensions = "3D"
    data.bevel_depth = radius
    data.bevel_resolution = 4
    data.use_fill_caps = True
    line = data.splines.new("NURBS")
    line.points.add(len(points) - 1)
    for i, (point, spot) in enumerate(zip(points, line.points)):
        spot.co = (*map(float, point), 1)
        spot.radius = 1.0 if radii is None else radii[i]
    line.use_endpoint_u = True
    line.use_cyclic_u = closed
    return _show(name, data, surface)


def ball(name, radius, surface=None, segments=96):
    """A sphere at the origin."""
    bpy.ops.mesh.primitive_uv_sphere_add(radius=radius, segments=segments, ring_count=segments // 2)
    return _made(name, surface, smooth=True)


def box(name, size, surface=None, bevel=0.0):
    """A box of `size` (x, y, z) about the origin, with rounded edges."""
    bpy.ops.mesh.primitive_cube_add(size=1)
    thing = _made(name, surface, smooth=False)
    for vertex in thing.data.vertices:
        vertex.co = [a * b for a, b in zip(vertex.co, size)]
    if bevel:
        modifier = thing.modifiers.new("bevel", "BEVEL")
        modifier.width, modifier.segments = bevel, 3
    return thing


def _made(name, surface, smooth):
    thing = bpy.context.active_object
    thing.name = name
    thing.data.polygons.foreach_set("use_smooth", [smooth] * len(thing.data.polygons))
    if surface:
        thing.data.materials.append(surface.material)
    return thing


def ground(name, size, surface=None, height=None, cells=100):
    """A square ground of side `size` about the origin; `height(x, y)` takes arrays and gives its relief."""
    side = np.linspace(-size / 2, size / 2, cells + 1)
    x, y = np.meshgrid(side, side)
    z = np.zeros_like(x) if height is None else height(x, y)
    return mesh(name, np.stack([x, y, z], -1).reshape(-1, 3), grid_faces(cells + 1, cells + 1), surface)


def copies(thing, positions, rotations=None, scales=None):
    """More objects that share one mesh: `positions` (n, 3), `rotations` (n, 3) in degrees, `scales` (n,)."""
    made = []
    for i, position in enumerate(positions):
        twin = thing.copy()
        bpy.context.collection.objects.link(twin)
        place(twin, position, (0, 0, 0) if rotations is None else rotations[i], 1.0 if scales is None else scales[i])
        made.append(twin)
    return made


def paint(thing, values, name="paint"):
    """Give each vertex of a mesh a number for its surface's `attribute(name)`."""
    layer = thing.data.attributes.new(name, "FLOAT", "POINT")
    layer.data.foreach_set("value", np.asarray(values, np.float32))
    return thing


def sphere_grid(rows=200, columns=400):
    """Unit vectors (rows * columns, 3) of a globe and its faces, to be pressed, painted and scaled."""
    v, u = np.meshgrid(np.linspace(0.001, pi - 0.001, rows), np.arange(columns) * 2 * pi / columns, indexing="ij")
    points = np.stack([np.sin(v) * np.cos(u), np.sin(v) * np.sin(u), np.cos(v)], -1).reshape(-1, 3)
    return points, grid_faces(rows, columns, wrap=True)
