"""A station clock on a whitewashed brick wall, the window's light falling across it."""

from math import cos, pi, sin

import bpy
import numpy as np

from studio.camera import camera, expose
from studio.light import ambient, sun
from studio.material import Surface
from studio.matter import metal
from studio.shape import box, copies, lathe, place

RADIUS = 15.0  # centimetres, as in the whole scene; the wall is the plane y = 0 and the face looks along -y


def numeral(text, at, size, surface):
    """A raised numeral that is centred on `at` and reads from -y."""
    data = bpy.data.curves.new(f"numeral {text}", "FONT")
    data.body = text
    data.size = size
    data.extrude = 0.03
    data.offset = 0.012
    data.align_x, data.align_y = "CENTER", "CENTER"
    data.materials.append(surface.material)
    thing = bpy.data.objects.new(data.name, data)
    bpy.context.collection.objects.link(thing)
    return place(thing, (at[0], -3.05, at[1]), (90, 0, 0))


def on_dial(radius, hours):
    """Where on the dial something at `radius` stands for `hours`."""
    angle = hours / 12 * 2 * pi
    return radius * sin(angle), radius * cos(angle)


def hand(hours, length, width, depth, surface):
    """A tapered hand with a short tail."""
    angle = hours / 12 * 360
    bar = box("hand", (width, 0.12, length), surface, 0.05)
    x, z = on_dial(length * 0.34, hours)
    return place(bar, (x, -depth, z), (0, angle, 0))


def dial(black):
    """The white face with its minutes and numerals."""
    white = Surface("face", (0.8, 0.78, 0.72), 0.5)
    place(lathe("face", [(0.01, 3), (RADIUS * 0.99, 3)], white, 128), rotation=(90, 0, 0))
    tick = box("tick", (0.22, 0.06, 0.9), black)
    long = box("hour tick", (0.5, 0.06, 1.5), black)
    for minute in range(60):
        model, r = (long, 13.2) if minute % 5 == 0 else (tick, 13.5)
        x, z = on_dial(r, minute / 5)
        copies(model, [(x, -3.04, z)], [(0, minute * 6, 0)])
    tick.hide_render = long.hide_render = True
    for hour in range(1, 13):
        numeral(str(hour), on_dial(10.6, hour), 3.3, black)


def clock():
    black = Surface("black", (0.012, 0.012, 0.013), 0.45)
    dial(black)
    hand(10 + 9 / 60, 11.5, 1.0, 3.5, black)
    hand(9 / 5, 17, 0.7, 3.8, black)
    red = Surface("red", (0.6, 0.02, 0.015), 0.4)
    hand(36.5 / 5, 18, 0.25, 4.1, red)
    place(lathe("boss", [(0.01, 4.4), (0.8, 4.4), (0.9, 4.2), (0.9, 3.0)], red, 48), rotation=(90, 0, 0))
    rim = [(14.7, 3.0), (14.7, 4.6), (15.2, 5.3), (16.2, 5.3), (17.0, 4.4), (17.2, 2.5), (16.6, 0)]
    place(lathe("rim", rim, Surface("enamel", (0.02, 0.07, 0.06), 0.18, Clearcoat=0.6), 160), rotation=(90, 0, 0))
    place(
        lathe(
            "bezel",
            [(14.75, 4.65), (14.2, 4.75), (14.2, 4.4), (14.75, 4.4)],
            metal("brass", (0.75, 0.52, 0.2), 0.2),
            160,
        ),
        rotation=(90, 0, 0),
    )


def bricks():
    """Whitewashed bricks laid in running bond, each a little out of line."""
    wash = Surface("whitewash", rough=0.85)
    tone = wash.math("ADD", wash.noise(0.06, 8, 0.7, source="Object"), wash.math("MULTIPLY", wash.per_instance(), 0.25))
    white = wash.ramp(tone, [(0.3, (0.5, 0.47, 0.42)), (0.75, (0.76, 0.73, 0.68))])
    worn = wash.span(wash.noise(0.35, 10, 0.65), 0.6, 0.68, 0, 0.75)
    wash.set(Base_Color=wash.mix(worn, white, (0.34, 0.14, 0.08)))
    wash.bump(wash.noise(1.3, 10, 0.65), 0.55, 0.35)
    rng = np.random.default_rng(6)
    brick = box("brick", (22.2, 8, 6.6), wash, 0.7)
    for row in range(-9, 10):
        xs = np.arange(-5, 5) * 23.2 + (row % 2) * 11.6
        spots = np.stack([xs, 4 + rng.normal(0, 0.18, len(xs)), np.full(len(xs), row * 7.6)], -1)
        copies(brick, spots, rng.normal(0, 0.35, (len(xs), 3)))
    brick.hide_render = True
    mortar = Surface("mortar", (0.5, 0.47, 0.42), 0.95)
    mortar.bump(mortar.noise(2, 8), 0.8, 0.3)
    place(box("mortar", (400, 2, 300), mortar), (0, 2.1, 0))


def window():
    """The panes of a tall window beside the camera, seen only by their shadow."""
    dark = Surface("frame", (0.1, 0.1, 0.1), 0.9)
    toward = np.array([-110.0, -150.0, 95.0])
    for x in (-34, -11, 12, 35):
        place(box("bar", (4, 1, 130), dark), toward + [x, 0, 0]).visible_camera = False
    for z in (-46, 2, 50):
        place(box("bar", (75, 1, 4), dark), toward + [0, 0, z]).visible_camera = False
    for x, z, w, h in ((-130, 0, 190, 400), (132, 0, 190, 400), (0, 145, 90, 190), (0, -140, 90, 180)):
        place(box("wall", (w, 1, h), dark), toward + [x, 0, z]).visible_camera = False


def build():
    bricks()
    clock()
    window()
    sun((-110, -150, 95), (0, 0, 0), 5.0, 1.2, (1, 0.8, 0.56))
    ambient((0.62, 0.72, 0.9), 0.42)
    camera((5, -110, -3), (4.5, 0, -0.5), lens=60, focus=(0, -3, 0), fstop=0.2)
    expose(0.45)
