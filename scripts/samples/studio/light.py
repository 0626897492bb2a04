"""Daylight, windows and lamps."""

from math import radians

import bpy

from studio.camera import aim


def _world():
    world = bpy.data.worlds.new("world")
    world.use_nodes = True
    bpy.context.scene.world = world
    return world.node_tree, world.node_tree.nodes["Background"]


def sky(elevation, rotation, strength=0.2, sun=1.0, sun_size=0.545, dust=1.0, air=1.0, clouds=None):
    """The Nishita sky with its sun. A larger `sun_size` makes softer shadows; `rotation` turns it about the zenith.

    `clouds` is (colour, share of the sky 0..1, scale): fair-weather clouds that grow smaller towards the horizon.
    """
    tree, background = _world()
    node = tree.nodes.new("ShaderNodeTexSky")
    node.sky_type = "NISHITA"
    node.sun_elevation = radians(elevation)
    node.sun_rotation = radians(rotation)
    node.sun_intensity = sun
    node.sun_size = radians(sun_size)
    node.dust_density = dust
    node.air_density = air
    background.inputs["Strength"].default_value = strength
    color = _overcast(tree, node.outputs["Color"], *clouds) if clouds else node.outputs["Color"]
    tree.links.new(color, background.inputs["Color"])


def _overcast(tree, blue, color, share, scale):
    """The sky's colour with clouds before it, on a flat ceiling seen in perspective."""

    def add(kind, inputs, **properties):
        node = tree.nodes.new(f"ShaderNode{kind}")
        for name, value in properties.items():
            setattr(node, name, value)
        for name, value in inputs.items():
            if isinstance(value, bpy.types.NodeSocket):
                tree.links.new(value, node.inputs[name])
            else:
                node.inputs[name].default_value = value
        return node

    toward = add("TexCoord", {}).outputs["Generated"]
    height = add("SeparateXYZ", {"Vector": toward}).outputs["Z"]
    above = add("Math", {0: height, 1: 0.12}, operation="ADD").outputs["Value"]
    ceiling = add(
        "VectorMath",
        {0: toward, 1: add("CombineXYZ", {"X": above, "Y": above, "Z": above}).outputs[0]},
        operation="DIVIDE",
    )
    noise = add("TexNoise", {"Vector": ceiling.outputs["Vector"], "Scale": scale, "Detail": 8.0, "Roughness": 0.55})
    low = 0.62 - 0.3 * share
    cover = add("MapRange", {"Value": noise.outputs["Fac"], "From Min": low, "From Max": low + 0.22})
    seen = add("MapRange", {"Value": height, "From Min": 0.0, "From Max": 0.12, "To Max": 1.0})
    both = add("Math", {0: cover.outputs["Result"], 1: seen.outputs["Result"]}, operation="MULTIPLY")
    return add("MixRGB", {"Fac": both.outputs["Value"], "Color1": blue, "Color2": (*color, 1)}).outputs["Color"]


def ambient(color, strength=1.0):
    """An even light from everywhere: the room behind the camera."""
    _, background = _world()
    background.inputs["Color"].default_value = (*color, 1)
    background.inputs["Strength"].default_value = strength


def _lamp(kind, position, power, color):
    data = bpy.data.lights.new(kind.lower(), kind)
    data.energy = power
    data.color = color
    thing = bpy.data.objects.new(kind.lower(), data)
    thing.location = position
    bpy.context.collection.objects.link(thing)
    return thing


def softbox(position, target, size, power, color=(1, 1, 1), seen=False):
    """A rectangular area light of `size` (width, height), in watts. It lights and is mirrored, but is not seen."""
    thing = _lamp("AREA", position, power, color)
    thing.data.shape = "RECTANGLE"
    thing.data.size, thing.data.size_y = size
    thing.visible_camera = seen
    aim(thing, target)
    return thing


def bulb(position, power, radius=0.05, color=(1, 0.8, 0.6)):
    """A point light with a radius, in watts."""
    thing = _lamp("POINT", position, power, color)
    thing.data.shadow_soft_size = radius
    thing.visible_camera = False
    return thing


def sun(position, target, strength, angle=1.0, color=(1, 0.95, 0.88)):
    """Parallel light from the direction of `position`; `angle` is how wide the sun looks."""
    thing = _lamp("SUN", position, strength, color)
    thing.data.angle = radians(angle)
    aim(thing, target)
    return thing
