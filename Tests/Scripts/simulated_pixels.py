#!/usr/bin/env python3
"""Writes Tests/Fixtures/simulated_pixels_NAME.csv: where CSPICE says that random pixels of a scene's images look.

Needs spiceypy. Usage: simulated_pixels.py SCENE_FOLDER NAME OUTPUT.csv
Loads kernels/NAME.tm and frames/*-Metadata.json as `junocam simulate` wrote them, draws pixels with a
fixed seed, keeps 500 that hit the target, and writes latitude and east longitude (degrees), range (km),
incidence and emission (degrees) from sincpt and ilumin with CN+S on the ellipsoid.
"""
import csv
import glob
import json
import os
import random
import sys

import numpy as np
import spiceypy as sp

FOCAL = 10.95637 / 0.0074
CX = 814.21
CY = {"METHANE": 315.48, "BLUE": 158.48, "GREEN": 3.48, "RED": -151.52}
K1, K2 = -5.9624209455667325e-08, 2.7381910042256151e-14


def ray(name, x, y):
    """Direction of a point of a framelet in JUNO_JUNOCAM (instrument kernel's inverse)."""
    cx, cy = x - CX, y - CY[name]
    ux, uy = cx, cy
    for _ in range(12):
        r2 = ux * ux + uy * uy
        d = 1 + K1 * r2 + K2 * r2 * r2
        ux, uy = cx / d, cy / d
    v = np.array([ux, uy, FOCAL])
    return v / np.linalg.norm(v)


def main():
    folder, name, output = os.path.abspath(sys.argv[1]), sys.argv[2], os.path.abspath(sys.argv[3])
    os.chdir(os.path.join(folder, "kernels"))
    sp.furnsh(name + ".tm")
    bias = sp.gdpool("INS-61500_START_TIME_BIAS", 0, 1)[0]
    delta = sp.gdpool("INS-61500_INTERFRAME_DELTA", 0, 1)[0]
    images = []
    for path in sorted(glob.glob(os.path.join(folder, "frames", "*-Metadata.json"))):
        with open(path) as file:
            images.append(json.load(file))
    draw = random.Random(57)
    rows = []
    while len(rows) < 500:
        image = draw.choice(images)
        filters = image["FILTER_NAME"]
        frames = image["LINES"] // (128 * len(filters))
        frame, name = draw.randrange(frames), draw.choice(filters)
        x, y = round(draw.uniform(23, 1631), 6), round(draw.uniform(0, 128), 6)
        delay = float(image["INTERFRAME_DELAY"].split()[0])
        et = sp.str2et(image["START_TIME"]) + bias + frame * (delay + delta)
        target = image["TARGET_NAME"]
        try:
            point, epoch, vector = sp.sincpt(
                "ELLIPSOID", target, et, "IAU_" + target, "CN+S", "JUNO", "JUNO_JUNOCAM", ray(name, x, y))
        except sp.exceptions.NotFoundError:
            continue
        _, _, phase, incidence, emission = sp.illumf(
            "ELLIPSOID", target, "SUN", et, "IAU_" + target, "CN+S", "JUNO", point)[:5]
        _, lon, lat = sp.reclat(point)
        numbers = [
            np.degrees(lat), np.degrees(lon) % 360, np.linalg.norm(vector),
            np.degrees(incidence), np.degrees(emission)]
        rows.append(
            [image["PRODUCT_ID"], frame, name, f"{x:.6f}", f"{y:.6f}"] + [f"{n:.9f}" for n in numbers])
    with open(output, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["product", "frame", "filter", "x", "y", "lat", "lon", "range", "incidence", "emission"])
        writer.writerows(rows)


main()
