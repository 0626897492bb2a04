"""The photographer's kit that every scene shares: camera, light, materials, shapes and the development of the film.

Lengths are Blender units (one metre unless a scene says that it works in centimetres), angles are degrees, colours
are linear RGB in 0..1, and +z is up.
"""
