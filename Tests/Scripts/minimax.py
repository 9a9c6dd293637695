"""Derives the polynomial coefficients of Sources/SpaceMath/Elementary*.swift (needs mpmath).

Each polynomial P(z) is the weighted minimax approximation (Remez exchange, 60 digits) of a function g(z) on [a, b]; the
printed error is the largest weighted error after the coefficients were rounded to Double, in bits. The weight makes it
the error of the final result relative to that result.
"""
from mpmath import mp, mpf, matrix, lu_solve, sin, cos, atan, asin, exp, log, sqrt, pi, ln2, floor, nstr

mp.dps = 60


def remez(g, w, a, b, degree, rounds=12, grid=1500):
    a, b = mpf(a), mpf(b)
    n = degree + 2
    x = [(a + b) / 2 - (b - a) / 2 * cos(pi * (i + mpf("0.5")) / n) for i in range(n)]
    pts = [a + (b - a) * (1 - cos(pi * i / grid)) / 2 for i in range(grid + 1)]
    gp = [(g(p), w(p)) for p in pts]
    for _ in range(rounds):
        m, r = matrix(n, n), matrix(n, 1)
        for i, xi in enumerate(x):
            for j in range(degree + 1):
                m[i, j] = xi**j
            m[i, degree + 1] = (-1) ** i / w(xi)
            r[i] = g(xi)
        s = lu_solve(m, r)
        c = [s[j] for j in range(degree + 1)]
        e = []
        for p, (gv, wv) in zip(pts, gp):
            v = mpf(0)
            for k in reversed(c):
                v = v * p + k
            e.append((v - gv) * wv)
        new, i = [], 0
        while i <= grid:
            j, best = i, i
            while j <= grid and (e[j] >= 0) == (e[i] >= 0):
                if abs(e[j]) > abs(e[best]):
                    best = j
                j += 1
            new.append(best)
            i = j
        while len(new) > n:
            new.pop(0 if abs(e[new[0]]) < abs(e[new[-1]]) else -1)
        if len(new) < n:
            break
        x = [pts[k] for k in new]
    c = [mpf(float(k)) for k in c]
    worst = mpf(0)
    for p, (gv, wv) in zip(pts, gp):
        v = mpf(0)
        for k in reversed(c):
            v = v * p + k
        worst = max(worst, abs((v - gv) * wv))
    return c, worst


def show(name, g, w, a, b, degree):
    c, worst = remez(g, w, a, b, degree)
    print(f"{name}: degree {degree}, error 2^{nstr(log(worst, 2), 4)}")
    for k in c:
        print(f"  {float(k)!r}  {float(k).hex()}")


def split(value, bits):
    """The parts of a constant, each of the given number of bits but the last, which is a full Double."""
    out = []
    for b in bits:
        e = floor(log(abs(value), 2)) + 1
        p = floor(value * mpf(2) ** (b - e)) * mpf(2) ** (e - b)
        out.append(float(p))
        value -= p
    out.append(float(value))
    return out


if __name__ == "__main__":
    q = (pi / 4 * mpf("1.0001")) ** 2
    z0 = mpf("1e-12")
    # sin x = x + x³ P(x²), cos x = 1 - x²/2 + x⁴ P(x²)
    gs = lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z
    show("sin", gs, lambda z: z / (sin(sqrt(z)) / sqrt(z)), z0, q, 5)
    gc = lambda z: (cos(sqrt(z)) - 1 + z / 2) / z**2
    show("cos", gc, lambda z: z**2 / cos(sqrt(z)), z0, q, 5)
    # atan t = t + t³ P(t²), |t| ≤ 1/2
    ga = lambda z: (atan(sqrt(z)) / sqrt(z) - 1) / z
    show("atan", ga, lambda z: z / (atan(sqrt(z)) / sqrt(z)), z0, mpf("0.2501"), 12)
    # asin x = x + x³ P(x²), |x| ≤ 1/2
    gi = lambda z: (asin(sqrt(z)) / sqrt(z) - 1) / z
    show("asin", gi, lambda z: z / (asin(sqrt(z)) / sqrt(z)), z0, mpf("0.2501"), 12)
    # exp r = 1 + r + r² P(r), |r| ≤ ln 2 / 2
    h = ln2 / 2 * mpf("1.001")
    ser = [1 / mp.factorial(k + 2) for k in range(45)]
    show("exp", lambda r: sum(s * r**k for k, s in enumerate(ser)), lambda r: (r**2 + mpf("1e-4")) / exp(r), -h, h, 10)
    # 2 atanh s = 2s + s z P(z), z = s², s ≤ 3 - 2√2
    zl = (3 - 2 * sqrt(mpf(2))) ** 2 * mpf("1.001")
    gl = lambda z: sum(2 * z**k / (2 * k + 3) for k in range(60))
    show("log", gl, lambda z: (z + mpf("1e-5")) / sum(2 * z**k / (2 * k + 1) for k in range(60)), mpf(0), zl, 6)
    # the tail of the same series for pow: 2 atanh s = 2s + 2s³/3 + s z² P(z)
    gp = lambda z: sum(2 * z**k / (2 * k + 5) for k in range(60))
    show("pow tail", gp, lambda z: (z**2 + mpf("1e-7")) / sum(2 * z**k / (2 * k + 1) for k in range(60)), mpf(0), zl, 7)
    print("pi/2 in 23-bit parts", [x.hex() for x in split(pi / 2, [23, 23, 23])])
    print("pi/2 hi lo", [x.hex() for x in split(pi / 2, [53])], "pi", [x.hex() for x in split(pi, [53])])
    print("pi/4 hi lo", [x.hex() for x in split(pi / 4, [53])])
    print("ln2 parts 32", [x.hex() for x in split(ln2, [32])], "42,", [x.hex() for x in split(ln2, [40, 40])])
    print("1/ln10 dd", [x.hex() for x in split(1 / log(mpf(10)), [53])], "log10(2)", [x.hex() for x in split(log(mpf(2), 10), [40])])
    mp.dps = 420
    v = int(floor(2 / pi * mpf(2) ** 1280))
    words = [(v >> (1280 - 64 * (i + 1))) & (2**64 - 1) for i in range(20)]
    print("2/pi words")
    for i in words:
        print(f"  0x{i:016X}")
