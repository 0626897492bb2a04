"""From a scene to a picture: two half-exposures by Cycles, denoised against each other, then developed.

Debian's Blender is built without a denoiser, so this is our own: non-local means whose weights come from the *other*
half-exposure and from the noise-free features (albedo and normal), after Rousselle, Manzi and Zwicker, "Robust
Denoising using Feature and Color Information" (2013).
"""

import os
import tempfile

import bpy
import numpy as np

PASSES = {"color": "Image", "albedo": "Denoising Albedo", "normal": "Denoising Normal"}


def configure(width, height, samples, bounces=6):
    """Cycles on the processor with one thread, `samples` paths a pixel in each half-exposure."""
    scene = bpy.context.scene
    scene.render.resolution_x, scene.render.resolution_y = width, height
    scene.render.resolution_percentage = 100
    scene.render.threads_mode, scene.render.threads = "FIXED", 1
    cycles = scene.cycles
    cycles.device = "CPU"
    cycles.samples = samples
    # Smooth places, such as a clear sky, stop early.
    cycles.use_adaptive_sampling = True
    cycles.adaptive_threshold = 0.03
    cycles.adaptive_min_samples = 8
    cycles.use_denoising = False
    cycles.max_bounces = bounces
    cycles.transparent_max_bounces = 16
    cycles.sample_clamp_indirect = 6.0
    cycles.blur_glossy = 0.5
    bpy.context.view_layer.cycles.denoising_store_passes = True


def _tap_passes(folder):
    scene = bpy.context.scene
    scene.use_nodes = True
    tree = scene.node_tree
    tree.nodes.clear()
    layers = tree.nodes.new("CompositorNodeRLayers")
    output = tree.nodes.new("CompositorNodeOutputFile")
    output.base_path = folder
    output.format.file_format = "OPEN_EXR"
    output.format.color_depth = "32"
    output.file_slots.clear()
    for name, socket in PASSES.items():
        output.file_slots.new(name)
        tree.links.new(layers.outputs[socket], output.inputs[name])


def _read(path):
    image = bpy.data.images.load(path)
    image.colorspace_settings.name = "Linear"
    width, height = image.size
    pixels = np.empty(width * height * 4, np.float32)
    image.pixels.foreach_get(pixels)
    bpy.data.images.remove(image)
    return pixels.reshape(height, width, 4)[..., :3]


def _expose(seed):
    with tempfile.TemporaryDirectory() as folder:
        _tap_passes(folder)
        bpy.context.scene.cycles.seed = seed
        bpy.ops.render.render()
        found = {f.split("0")[0]: os.path.join(folder, f) for f in os.listdir(folder)}
        return {name: _read(found[name]) for name in PASSES}


def _box(image, radius):
    """The mean over a square window, edges repeated, along the first two axes."""
    for axis in (0, 1):
        pad = [(0, 0)] * image.ndim
        pad[axis] = (radius + 1, radius)
        sums = np.cumsum(np.pad(image, pad, mode="edge"), axis=axis, dtype=np.float64)
        upper = np.take(sums, range(2 * radius + 1, sums.shape[axis]), axis)
        lower = np.take(sums, range(sums.shape[axis] - 2 * radius - 1), axis)
        image = ((upper - lower) / (2 * radius + 1)).astype(np.float32)
    return image


def _shift(image, dy, dx):
    return np.roll(image, (dy, dx), (0, 1))


def _distance(guide, variance, dy, dx, k):
    """How much two pixels differ beyond what noise explains, averaged over the channels."""
    other = _shift(variance, dy, dx)
    excess = (guide - _shift(guide, dy, dx)) ** 2 - (variance + np.minimum(variance, other))
    return (excess / (1e-8 + k * k * (variance + other))).mean(-1)


def denoise(halves, radius=6, strength=0.45, feature=0.6):
    """One clean picture (h, w, 3) from two half-exposures; `strength` is k of the paper, larger is smoother."""
    # Fireflies would outvote everything else: the filter works on a compressed scale.
    colors = [np.log1p(np.maximum(half["color"], 0) * 4) for half in halves]
    variance = _box(((colors[0] - colors[1]) ** 2) / 2, 4) + 1e-6
    guides = [(_box((halves[0][n] + halves[1][n]) / 2, 0), _feature_noise(halves, n)) for n in ("albedo", "normal")]
    total = [np.zeros_like(colors[0]) for _ in halves]
    weights = [np.zeros(colors[0].shape[:2], np.float32) for _ in halves]
    for dy in range(-radius, radius + 1):
        for dx in range(-radius, radius + 1):
            apart = np.maximum.reduce([_distance(g, v, dy, dx, feature) for g, v in guides])
            for i in (0, 1):
                patch = _box(_distance(colors[1 - i], variance, dy, dx, strength), 2)
                weight = np.exp(-np.maximum(0, np.maximum(patch, apart)))
                total[i] += weight[..., None] * _shift(colors[i], dy, dx)
                weights[i] += weight
    clean = sum(t / w[..., None] for t, w in zip(total, weights)) / 2
    return np.expm1(clean) / 4


def _feature_noise(halves, name):
    spread = ((halves[0][name] - halves[1][name]) ** 2) / 4
    return np.maximum(_box(spread, 2), 2e-3)


def develop(pixels, path):
    """Write linear `pixels` (h, w, 3) as a PNG through the scene's exposure and film curve."""
    height, width, _ = pixels.shape
    image = bpy.data.images.new("developed", width, height, float_buffer=True)
    image.colorspace_settings.name = "Linear"
    image.pixels.foreach_set(np.dstack([pixels, np.ones((height, width), np.float32)]).astype(np.float32).ravel())
    settings = bpy.context.scene.render.image_settings
    settings.file_format, settings.color_mode, settings.color_depth = "PNG", "RGB", "8"
    image.save_render(path)


def shoot(path, width, height, samples, grain=0.25):
    """Render and develop. `grain` is the share of the honest noise that stays, so that it looks like a photograph."""
    configure(width, height, samples)
    halves = [_expose(seed) for seed in (1, 2)]
    raw = (halves[0]["color"] + halves[1]["color"]) / 2
    # A single bright sample is no grain: the raw picture may not leave the clean one by more than a little.
    clean = denoise(halves)
    develop(clean + grain * np.clip(raw - clean, -0.1 * clean, 0.1 * clean), path)
