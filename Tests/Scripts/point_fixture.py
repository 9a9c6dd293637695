"""Writes Tests/Fixtures/point.json: what CSPICE says that pixels of a sample frame see, and which pixels see places
(needs spiceypy). Camera model and timing rule as the instrument kernel's text states them, written out here anew."""
import json, math, pathlib, random
import spiceypy as s

root = pathlib.Path(__file__).resolve().parents[2]
kernels = root / "SampleFrames/pj57/kernels"
for name in ("leapseconds.tls", "clock.tsc", "bodies.tpc", "frames.tf", "junocam.ti", "pj57.bsp", "pj57.bc"):
    s.furnsh(str(kernels / name))
label = json.loads((root / "SampleFrames/pj57/frames/JNCE_2023364_57C90001_V01-Metadata.json").read_text())
random.seed(571)
FILTERS = {"BLUE": -61501, "GREEN": -61502, "RED": -61503}
frames = label["LINES"] // (128 * 3)
start = s.str2et(label["START_TIME"])
delay = float(label["INTERFRAME_DELAY"].split()[0])
bias, delta = (float(s.gdpool(f"INS-61500_{k}", 0, 1)[0]) for k in ("START_TIME_BIAS", "INTERFRAME_DELTA"))
focal = float(s.gdpool("INS-61500_FOCAL_LENGTH", 0, 1)[0] / s.gdpool("INS-61500_PIXEL_SIZE", 0, 1)[0])


def optics(f):
    return [float(s.gdpool(f"INS{FILTERS[f]}_DISTORTION_{k}", 0, 1)[0]) for k in ("X", "Y", "K1", "K2")]


def ray(f, x, y):
    cx, cy, k1, k2 = optics(f)
    ux, uy = x - cx, y - cy
    for _ in range(40):
        r2 = ux * ux + uy * uy
        d = 1 + k1 * r2 + k2 * r2 * r2
        ux, uy = (x - cx) / d, (y - cy) / d
    return s.vhat([ux, uy, focal])


def pixel(f, v):
    cx, cy, k1, k2 = optics(f)
    if v[2] <= 0:
        return None
    x, y = v[0] * focal / v[2], v[1] * focal / v[2]
    r2 = x * x + y * y
    d = 1 + k1 * r2 + k2 * r2 * r2
    return x * d + cx, y * d + cy


def epoch(frame):
    return start + bias + frame * (delay + delta)


def deg(v):
    return math.degrees(v)


def solar_time(et, longitude):
    h, m, sec, _, _ = s.et2lst(et, 501, longitude, "PLANETOCENTRIC")
    return h + m / 60 + sec / 3600


def pixels(corr, count):
    out = []
    while len(out) < count:
        f, frame = random.choice(list(FILTERS)), random.randrange(frames)
        x, y = round(random.uniform(23, 1631), 3), round(random.uniform(0, 128), 3)
        et = epoch(frame)
        v = ray(f, x, y)
        _, ra, dec = s.recrad(s.mxv(s.pxform("JUNO_JUNOCAM", "J2000", et), v))
        row = {"correction": corr, "filter": f, "frame": frame, "x": x, "y": y, "et": et,
               "utc": s.et2utc(et, "ISOC", 6), "sclk": s.sce2s(-61, et), "rightAscension": deg(ra), "declination": deg(dec)}
        try:
            point, when, vector = s.sincpt("ELLIPSOID", "IO", et, "IAU_IO", corr, "JUNO", "JUNO_JUNOCAM", v)
        except s.exceptions.NotFoundError:
            if sum("latitude" not in r for r in out) < count // 6:
                out.append(row)
            continue
        radius, lon, lat = s.reclat(point)
        _, _, phase, incidence, emission = s.ilumin("ELLIPSOID", "IO", et, "IAU_IO", corr, "JUNO", point)
        row |= {"latitude": deg(lat), "longitudeEast": deg(lon) % 360, "radiusKm": radius, "rangeKm": s.vnorm(vector),
                "incidence": deg(incidence), "emission": deg(emission), "phase": deg(phase),
                "localSolarTime": solar_time(when, lon)}
        out.append(row)
    return out


def places(count):
    """Latitude and longitude with every framelet that sees them: light time and aberration by spkcpt."""
    out = []
    radii = s.bodvrd("IO", "RADII", 3)[1]
    while len(out) < count:
        lat, lon = math.asin(random.uniform(-1, 1)), random.uniform(0, 2 * math.pi)
        u = s.latrec(1, lon, lat)
        point = s.vscl(1 / math.sqrt(sum((u[i] / radii[i]) ** 2 for i in range(3))), u)
        seen = []
        for frame in range(frames):
            et = epoch(frame)
            state, _ = s.spkcpt(point, "IO", "IAU_IO", et, "JUNO_JUNOCAM", "OBSERVER", "CN+S", "JUNO")
            for f in label["FILTER_NAME"]:
                place = pixel(f, state[:3])
                if place is None or not (23 <= place[0] < 1631 and 0 <= place[1] < 128):
                    continue
                emission = s.ilumin("ELLIPSOID", "IO", et, "IAU_IO", "CN+S", "JUNO", point)[4]
                if emission < math.pi / 2:
                    seen.append({"filter": f, "frame": frame, "x": place[0], "y": place[1]})
        if seen or sum(not r["seen"] for r in out) < count // 4:
            out.append({"latitude": deg(lat), "longitudeEast": deg(lon), "seen": seen})
    return out


fixture = {"pixels": pixels("LT+S", 80) + pixels("LT", 30) + pixels("NONE", 30), "places": places(60)}
(root / "Tests/Fixtures/point.json").write_text(json.dumps(fixture, indent=0, separators=(",", ":")) + "\n")
print({k: len(v) for k, v in fixture.items()}, sum(len(p["seen"]) for p in fixture["places"]))
