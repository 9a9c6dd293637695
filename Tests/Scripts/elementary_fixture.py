"""Writes Tests/Fixtures/elementary.json: arguments and 60-digit results of the elementary functions (needs mpmath).

Each case is [arguments…, value, error]: the exact result is value + error, both Doubles, so that a test can measure
errors far below one unit in the last place.
"""
import json, random, pathlib
import mpmath as m

m.mp.dps = 60
random.seed(20240203)
HALF_PI = float(m.pi / 2)


def pair(v):
    h = float(v)
    return [h, float(v - h)]


def uniform(a, b):
    return random.uniform(a, b)


def near(v):
    """v and its neighbours."""
    import math
    return [math.nextafter(v, -math.inf), v, math.nextafter(v, math.inf)]


angles = [uniform(-0.8, 0.8) for _ in range(250)] + [uniform(-7, 7) for _ in range(250)]
angles += [10 ** uniform(-12, 9.2) for _ in range(150)] + [-(10 ** uniform(9, 300)) for _ in range(100)]
for k in (1, 2, 3, 4, 8, 355, 1e5, 123456789):
    angles += near(k * HALF_PI)
for e in range(1, 31):
    # The Double of this binade nearest to a multiple of π/2: the last convergent of π/2 in units of its last place.
    alpha = m.pi / 2 * m.mpf(2) ** (52 - e)
    best, x, p0, q0, p1, q1 = None, alpha, 0, 1, 1, 0
    while True:
        a = int(m.floor(x))
        p0, q0, p1, q1 = p1, q1, a * p1 + p0, a * q1 + q0
        if p1 >= 2**53:
            break
        best = p1
        x = 1 / (x - a)
    if best and best >= 2**52:
        angles.append(float(best) * 2.0 ** (e - 52))
angles += [6381956970095103 * 2.0**797, 5.319372648326541e255, 1.0e22, 1.7976931348623157e308, 1.6e9, 1.59999999e9]
unit = [uniform(-1, 1) for _ in range(300)] + [10 ** uniform(-10, 0) for _ in range(60)] + [1 - 10 ** uniform(-15, -1) for _ in range(60)]
unit += [-u for u in unit[-60:]] + near(0.5) + near(-0.5) + [1.0, -1.0]
tangents = [uniform(-1.2, 1.2) for _ in range(200)] + [10 ** uniform(-12, 12) for _ in range(100)] + near(0.5) + near(2.0) + [1.0, -1.0]
points = [(uniform(-1, 1), uniform(-1, 1)) for _ in range(400)] + [(10 ** uniform(-200, 200), -(10 ** uniform(-200, 200))) for _ in range(50)]
points += [(t, 1.0) for t in near(0.5)] + [(1.0, t) for t in near(0.5)] + [(1e308, -1.5e308), (3e-310, 2e-310)]
exponents = [uniform(-1, 1) for _ in range(150)] + [uniform(-707, 709.7) for _ in range(250)] + [10 ** uniform(-18, 0) for _ in range(30)]
positive = [uniform(0.5, 2) for _ in range(200)] + [10 ** uniform(-307, 308) for _ in range(150)] + near(1.0) + near(2**0.5) + near(0.5**0.5) + [5e-324, 1e-310, 10.0, 1e22]
powers = [(uniform(0, 1), 1 / 2.4) for _ in range(80)] + [(10 ** uniform(-3, 3), uniform(-100, 100)) for _ in range(250)]
powers += [(uniform(0.9, 1.1), uniform(-3000, 3000)) for _ in range(80)] + [(1.0000000001, 1e12), (0.9999999, 6.5e9), (10.0, 308.0), (10.0, -300.0)]
roots = [uniform(-8, 8) for _ in range(250)] + [10 ** uniform(-307, 308) for _ in range(80)] + [27.0, 8.0, 1e-300, 5e-324, 1e-310]
sides = [(uniform(-3, 3), uniform(-3, 3)) for _ in range(150)] + [(10 ** uniform(-200, 200), 10 ** uniform(-200, 200)) for _ in range(60)]
sides += [(1e300 * uniform(0, 1), 1e300) for _ in range(20)] + [(1e-300 * uniform(0, 1), 1e-300) for _ in range(20)] + [(3e-310, 4e-310)]

M = m.mpf
out = {
    "sin": [[x] + pair(m.sin(M(x))) for x in angles],
    "cos": [[x] + pair(m.cos(M(x))) for x in angles],
    "tan": [[x] + pair(m.tan(M(x))) for x in angles],
    "asin": [[x] + pair(m.asin(M(x))) for x in unit],
    "acos": [[x] + pair(m.acos(M(x))) for x in unit],
    "atan": [[x] + pair(m.atan(M(x))) for x in tangents],
    "atan2": [[y, x] + pair(m.atan2(M(y), M(x))) for y, x in points],
    "exp": [[x] + pair(m.exp(M(x))) for x in exponents],
    "log": [[x] + pair(m.log(M(x))) for x in positive],
    "log10": [[x] + pair(m.log10(M(x))) for x in positive],
    "pow": [[x, y] + pair(M(x) ** M(y)) for x, y in powers],
    "cbrt": [[x] + pair(m.sign(x) * m.cbrt(abs(M(x)))) for x in roots],
    "hypot": [[x, y] + pair(m.sqrt(M(x) ** 2 + M(y) ** 2)) for x, y in sides],
}
# 2 × 53 bits are enough for large arguments only if the reduction itself had them.
m.mp.dps = 400
for f, g in (("sin", m.sin), ("cos", m.cos), ("tan", m.tan)):
    out[f] = [[x] + pair(g(M(x))) for x in angles]
target = pathlib.Path(__file__).resolve().parent.parent / "Fixtures" / "elementary.json"
target.parent.mkdir(exist_ok=True)
target.write_text("{\n" + ",\n".join(f'"{k}": {json.dumps(v)}' for k, v in out.items()) + "\n}\n")
