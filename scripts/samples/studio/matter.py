"""Materials that several scenes use: wood, rock, clay, metal, wax and cloth."""

from studio.material import Surface


def wood(name="wood", dark=(0.09, 0.035, 0.012), light=(0.36, 0.17, 0.07), rough=0.42, scale=1.0):
    """Sawn wood whose grain runs along x; `scale` 1 suits a board a metre long. Each object gets its own piece."""
    board = Surface(name, rough=rough)
    offset = board.math("MULTIPLY", board.per_instance(), 40)
    shift = board.node("CombineXYZ", {"X": offset, "Y": offset, "Z": offset}).outputs["Vector"]
    spot = board.node("Mapping", {"Vector": board.position(source="Object"), "Location": shift}).outputs["Vector"]
    along = board.node("Mapping", {"Vector": spot, "Scale": (0.9 * scale, 9 * scale, 9 * scale)}).outputs["Vector"]
    rings = board.node("TexNoise", {"Vector": along, "Scale": 1.6, "Detail": 6.0, "Distortion": 1.2}).outputs["Fac"]
    fine = board.node("Mapping", {"Vector": spot, "Scale": (3 * scale, 120 * scale, 120 * scale)}).outputs["Vector"]
    pores = board.node("TexNoise", {"Vector": fine, "Scale": 1.5, "Detail": 3.0}).outputs["Fac"]
    bands = board.math("FRACT", board.math("MULTIPLY", rings, 7))
    grain = board.math("ADD", board.math("MULTIPLY", bands, 0.55), board.math("MULTIPLY", pores, 0.5))
    middle = [(a + b) / 2 for a, b in zip(dark, light)]
    board.set(Base_Color=board.ramp(grain, [(0.1, dark), (0.5, middle), (0.95, light)]))
    board.set(Roughness=board.span(pores, 0.3, 0.7, rough + 0.12, rough - 0.1))
    return board.bump(grain, 0.12, 0.004 / scale)


def rock(name="rock", dark=(0.06, 0.055, 0.05), light=(0.3, 0.28, 0.25), scale=1.0):
    """Weathered stone."""
    stone = Surface(name, rough=0.85)
    rough = stone.noise(2.2 * scale, 12, 0.65)
    cracks = stone.cells(1.4 * scale, "DISTANCE_TO_EDGE")
    stone.set(Base_Color=stone.ramp(rough, [(0.35, dark), (0.68, light)]))
    height = stone.math("ADD", rough, stone.math("MULTIPLY", stone.span(cracks, 0, 0.08), 0.4))
    return stone.bump(height, 0.7, 0.12 / scale)


def metal(name, color, rough=0.25):
    """A polished metal with faint scratches."""
    plate = Surface(name, color, rough, Metallic=1.0)
    scratches = plate.noise(60, 4, 0.6, stretch=(1, 1, 0.1))
    return plate.set(Roughness=plate.span(scratches, 0.3, 0.7, max(0.02, rough - 0.08), rough + 0.12))


def glaze(name, color, rough=0.12, specks=0.0):
    """Glazed pottery; `specks` 0..1 strews iron spots."""
    pot = Surface(name, color, rough, Specular=0.5, Clearcoat=0.5, Clearcoat_Roughness=0.08)
    if specks:
        spots = pot.span(pot.noise(70, 2), 0.66, 0.72)
        pot.set(Base_Color=pot.mix(pot.math("MULTIPLY", spots, specks), color, [c * 0.25 for c in color]))
    return pot.bump(pot.noise(4, 2), 0.08, 0.02)


def water(name="water", color=(0.01, 0.05, 0.07), scale=1.0, strength=0.35):
    """Deep water with ripples: opaque, since its floor is not seen."""
    sea = Surface(name, color, 0.06, Specular=0.5, IOR=1.33)
    swell = sea.noise(0.5 * scale, 6, 0.6, distortion=0.3, stretch=(1, 2.2, 1))
    return sea.bump(swell, strength, 1.2 / scale)
