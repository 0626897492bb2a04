"""Render one scene: `blender -b --factory-startup -P render.py -- SCENE.py OUT.png WIDTH HEIGHT SAMPLES`.

A scene file has one function, `build()`, that fills an empty stage and aims the camera.
"""

import importlib.util
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from studio import camera, film  # noqa: E402


def load(path):
    """Import a scene file by its path."""
    spec = importlib.util.spec_from_file_location("scene", path)
    scene = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scene)
    return scene


def main(path, out, width, height, samples):
    camera.clear_stage()
    load(path).build()
    film.shoot(out, int(width), int(height), int(samples))


if __name__ == "__main__":
    main(*sys.argv[sys.argv.index("--") + 1 :])
