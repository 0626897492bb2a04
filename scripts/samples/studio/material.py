"""Materials as small node graphs: a principled surface, and the procedural textures that make it believable."""

import bpy


def rgba(color):
    """A linear RGB triple with full opacity."""
    return (*color, 1.0) if len(color) == 3 else tuple(color)


class Surface:
    """One principled material. Textures are added by methods that return a socket to be linked on."""

    def __init__(self, name, color=(0.8, 0.8, 0.8), rough=0.5, **settings):
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.shader = self.tree.nodes["Principled BSDF"]
        self._position = None
        self.set(Base_Color=rgba(color), Roughness=rough, **settings)

    def set(self, **settings):
        """Set inputs of the shader by name (`Base_Color`); a socket is linked, anything else is a value."""
        for name, value in settings.items():
            self._feed(self.shader.inputs[name.replace("_", " ")], value)
        return self

    def _feed(self, socket, value):
        if isinstance(value, bpy.types.NodeSocket):
            self.tree.links.new(value, socket)
        else:
            socket.default_value = value

    def node(self, kind, inputs=None, **properties):
        """Any shader node: `kind` without its prefix, properties by name, inputs by name or number."""
        node = self.tree.nodes.new(f"ShaderNode{kind}")
        for name, value in properties.items():
            setattr(node, name, value)
        for name, value in (inputs or {}).items():
            self._feed(node.inputs[name], value)
        return node

    def position(self, scale=(1, 1, 1), source="Object"):
        """Texture coordinates of the object, stretched by `scale`."""
        coordinates = self.node("TexCoord").outputs[source]
        return self.node("Mapping", {"Vector": coordinates, "Scale": scale}).outputs["Vector"]

    def noise(self, scale=5.0, detail=4.0, roughness=0.5, distortion=0.0, stretch=(1, 1, 1), source="Object"):
        """Fractal noise in 0..1."""
        inputs = {"Vector": self.position(stretch, source), "Scale": scale, "Detail": detail}
        inputs |= {"Roughness": roughness, "Distortion": distortion}
        return self.node("TexNoise", inputs).outputs["Fac"]

    def cells(self, scale=5.0, feature="F1", stretch=(1, 1, 1), source="Object"):
        """Voronoi cells: the distance to the nearest centre (or to the edge)."""
        inputs = {"Vector": self.position(stretch, source), "Scale": scale}
        return self.node("TexVoronoi", inputs, feature=feature).outputs["Distance"]

    def ramp(self, value, stops):
        """A colour for each value: `stops` are (position, colour), at least two."""
        node = self.node("ValToRGB", {"Fac": value})
        elements = node.color_ramp.elements
        while len(elements) < len(stops):
            elements.new(0.5)
        for element, (position, color) in zip(elements, stops):
            element.position = position
            element.color = rgba(color)
        return node.outputs["Color"]

    def math(self, operation, a, b=0.0):
        """Arithmetic on two numbers or sockets."""
        return self.node("Math", {0: a, 1: b}, operation=operation).outputs["Value"]

    def span(self, value, low, high, to_low=0.0, to_high=1.0):
        """Map `low`..`high` to `to_low`..`to_high`, clamped."""
        inputs = {"Value": value, "From Min": low, "From Max": high, "To Min": to_low, "To Max": to_high}
        return self.node("MapRange", inputs).outputs["Result"]

    def mix(self, factor, a, b, blend="MIX"):
        """Mix two colours."""
        values = [value if isinstance(value, bpy.types.NodeSocket) else rgba(value) for value in (a, b)]
        inputs = {"Fac": factor, "Color1": values[0], "Color2": values[1]}
        return self.node("MixRGB", inputs, blend_type=blend).outputs["Color"]

    def axis(self, name, source="Object"):
        """One coordinate, `X`, `Y` or `Z`, of the object's space."""
        return self.node("SeparateXYZ", {"Vector": self.position(source=source)}).outputs[name]

    def per_instance(self):
        """A number in 0..1 that differs from one object to the next."""
        return self.node("ObjectInfo").outputs["Random"]

    def bump(self, height, strength=0.3, distance=0.01):
        """Roughen the surface by a height map."""
        inputs = {"Height": height, "Strength": strength, "Distance": distance}
        return self.set(Normal=self.node("Bump", inputs).outputs["Normal"])

    def attribute(self, name="paint"):
        """A number that the mesh carries at each vertex (see `shape.paint`)."""
        return self.node("Attribute", attribute_name=name).outputs["Fac"]

    def blend(self, share, kind, **inputs):
        """Mix another shader over the surface: `share` of it, 0..1, a number or a socket."""
        output = self.tree.nodes["Material Output"].inputs["Surface"]
        below = output.links[0].from_socket
        values = {name.replace("_", " "): value for name, value in inputs.items()}
        other = self.node(kind, values).outputs[0]
        self._feed(output, self.node("MixShader", {0: share, 1: below, 2: other}).outputs["Shader"])
        return self

    def let_through(self, color, share=0.35):
        """Light from behind shines through, as in leaves and cloth."""
        return self.blend(
            share, "BsdfTranslucent", Color=color if isinstance(color, bpy.types.NodeSocket) else rgba(color)
        )

    def veil(self, color, amount):
        """The air between it and the camera: `amount` of what is seen is air of `color`."""
        return self.blend(amount, "Emission", Color=rgba(color), Strength=1.0)


def glass(name, color=(1, 1, 1), rough=0.0, ior=1.45):
    """Clear glass, or water with an `ior` of 1.33."""
    return Surface(name, color, rough, Transmission=1.0, IOR=ior)


def glow(name, color, strength):
    """A surface that shines by itself."""
    return Surface(name, (0, 0, 0), 1.0, Emission=rgba(color), Emission_Strength=strength)
