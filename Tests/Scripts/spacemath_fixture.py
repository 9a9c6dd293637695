"""Writes Tests/Fixtures/spacemath.json: rotations and ellipsoid geometry computed by CSPICE (needs spiceypy)."""
import json, math, pathlib, random
import numpy as np
import spiceypy as sp

random.seed(57)
rng = np.random.default_rng(58)
IO = (1829.4, 1819.4, 1815.7)
JUPITER = (71492.0, 71492.0, 66854.0)
BODIES = [IO, JUPITER, (1562.6, 1560.3, 1559.5), (3.0, 2.0, 1.0), (1.0, 2.0, 2.5), (5.0, 5.0, 5.0), (900.0, 10.0, 5.0)]


def unit():
    v = rng.normal(size=3)
    return v / np.linalg.norm(v)


def L(x):
    return np.asarray(x, dtype=float).ravel().tolist()


out = {k: [] for k in ("rotations", "separations", "surfpt", "nearpt", "npedln", "edlimb", "surfnm", "latsrf", "graphic")}
for k in range(60):
    axis = unit()
    angle = random.choice([random.uniform(0, math.pi), 10 ** random.uniform(-9, 0), math.pi - 10 ** random.uniform(-9, -1)])
    m = sp.axisar(axis, angle)
    a, t = sp.raxisa(m)
    e = [random.uniform(-3, 3) for _ in range(3)]
    axes = random.choice([(3, 2, 1), (3, 1, 3), (1, 2, 3), (2, 3, 2)])
    out["rotations"].append({
        "axis": L(axis), "angle": angle, "matrix": L(m), "quaternion": L(sp.m2q(m)), "axisBack": L(a), "angleBack": t,
        "euler": e, "eulerAxes": axes, "eulerMatrix": L(sp.eul2m(*e, *axes)),
        "product": L(sp.qxq(sp.m2q(m), sp.m2q(sp.eul2m(*e, *axes))))})
for k in range(60):
    a = unit() * 10 ** random.uniform(-3, 6)
    b = unit() if k % 2 else a / np.linalg.norm(a) + 10 ** random.uniform(-10, -3) * unit()
    if k % 5 == 0:
        b = -b
    out["separations"].append({"a": L(a), "b": L(b), "angle": sp.vsep(a, b)})
for r in BODIES:
    big = max(r)
    for k in range(30):
        origin = unit() * big * 10 ** random.uniform(0.02, 4.5)
        aim = unit() * np.array(r) * random.uniform(0, 1.3)
        d = aim - origin
        try:
            point = L(sp.surfpt(origin, d, *r))
        except sp.exceptions.NotFoundError:
            point = None
        out["surfpt"].append({"radii": r, "origin": L(origin), "direction": L(d), "point": point})
        line_point, dist = sp.npedln(*r, origin, d)
        out["npedln"].append({"radii": r, "origin": L(origin), "direction": L(d), "point": L(line_point), "distance": dist})
    for k in range(10):
        origin = unit() * np.array(r) * random.uniform(0, 0.95)
        d = unit()
        out["surfpt"].append({"radii": r, "origin": L(origin), "direction": L(d), "point": L(sp.surfpt(origin, d, *r))})
    for k in range(40):
        p = unit() * np.array(r) * (10 ** random.uniform(-2, 4) if k % 3 else 1 + random.uniform(-1e-3, 1e-3))
        if k % 7 == 0:
            p[k % 3] = 0.0
        n, alt = sp.nearpt(p, *r)
        out["nearpt"].append({"radii": r, "point": L(p), "nearest": L(n), "altitude": alt})
    for k in range(30):
        v = unit() * big * 10 ** random.uniform(0.02, 4)
        e = sp.edlimb(*r, v)
        out["edlimb"].append({"radii": r, "viewpoint": L(v), "centre": L(e.center), "semiMajor": L(e.semi_major), "semiMinor": L(e.semi_minor)})
        p = unit() * np.array(r)
        out["surfnm"].append({"radii": r, "point": L(p), "normal": L(sp.surfnm(*r, p))})
    for k in range(20):
        lon, lat = random.uniform(-math.pi, 2 * math.pi), random.uniform(-math.pi / 2, math.pi / 2)
        out["latsrf"].append({"radii": r, "longitude": lon, "latitude": lat,
                              "point": L(np.array(sp.surfpt((0, 0, 0), sp.latrec(1, lon, lat), *r)))})
        f = (r[0] - r[2]) / r[0]
        g = random.uniform(-math.pi / 2, math.pi / 2)
        rect = sp.georec(lon, g, 0, r[0], f)
        out["graphic"].append({"radii": r, "graphic": g, "centric": sp.reclat(rect)[2]})
target = pathlib.Path(__file__).resolve().parent.parent / "Fixtures" / "spacemath.json"
target.write_text("{\n" + ",\n".join(f'"{k}": {json.dumps(v)}' for k, v in out.items()) + "\n}\n")
