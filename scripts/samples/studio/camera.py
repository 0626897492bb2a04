"""An empty stage and the camera that looks at it."""

import bpy
from mathutils import Vector


def clear_stage():
    """Remove everything, so that a scene depends on its own file and on nothing else."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.view_settings.view_transform = "Filmic"
    scene.view_settings.look = "Medium High Contrast"
    return scene


def aim(thing, target):
    """Turn a camera or a light so that it looks at `target` with its head up."""
    direction = Vector(target) - thing.location
    thing.rotation_euler = direction.to_track_quat("-Z", "Y").to_euler()


def camera(position, target, lens=50, focus=None, fstop=4.0, sharp=False):
    """A 36 mm camera. `focus` is the point that is sharp (the target if absent), `sharp` switches the blur off."""
    data = bpy.data.cameras.new("camera")
    thing = bpy.data.objects.new("camera", data)
    bpy.context.collection.objects.link(thing)
    thing.location = position
    aim(thing, target)
    data.lens = lens
    data.clip_end = 20_000
    data.dof.use_dof = not sharp
    data.dof.focus_distance = (Vector(focus or target) - thing.location).length
    data.dof.aperture_fstop = fstop
    data.dof.aperture_blades = 7
    bpy.context.scene.camera = thing
    return thing


def expose(stops=0.0, look="Medium High Contrast"):
    """Exposure in stops, and the contrast of the Filmic curve."""
    view = bpy.context.scene.view_settings
    view.exposure = stops
    view.look = look
