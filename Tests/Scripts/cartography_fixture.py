"""Writes Tests/Fixtures/cartography.json: what PROJ and GDAL say of our projections (needs pyproj and rasterio)."""
import json, pathlib, random, re, struct, tempfile, warnings
import numpy as np
import pyproj
import rasterio
from rasterio.crs import CRS
from rasterio.transform import from_origin

warnings.filterwarnings("ignore")
random.seed(2015)
R = 1821490


def points(proj, count=40):
    t = pyproj.Transformer.from_pipeline(f"+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step {proj}")
    out = []
    while len(out) < count:
        lon, lat = random.uniform(0, 360), random.choice([random.uniform(-90, 90), 90 - 10 ** random.uniform(-5, 0), -90 + 10 ** random.uniform(-4, 0)])
        x, y = t.transform(lon, lat)
        if np.isfinite(x) and np.isfinite(y):
            out.append([lon, lat, x, y])
    return out


PROJECTIONS = [
    ("simple-cylindrical", 0, 0, f"+proj=eqc +lon_0=0 +R={R}"),
    ("simple-cylindrical", 180, 0, f"+proj=eqc +lon_0=180 +R={R}"),
    ("simple-cylindrical", 37.5, 0, f"+proj=eqc +lon_0=37.5 +R={R}"),
    ("north-polar-stereographic", 0, 90, f"+proj=stere +lat_0=90 +lon_0=0 +k=1 +R={R}"),
    ("north-polar-stereographic", 240, 90, f"+proj=stere +lat_0=90 +lon_0=240 +k=1 +R={R}"),
    ("south-polar-stereographic", 0, -90, f"+proj=stere +lat_0=-90 +lon_0=0 +k=1 +R={R}"),
    ("orthographic", 118, 3.25, f"+proj=ortho +lat_0=3.25 +lon_0=118 +R={R}"),
    ("orthographic", 0, -90, f"+proj=ortho +lat_0=-90 +lon_0=0 +R={R}"),
    ("sinusoidal", 180, 0, f"+proj=sinu +lon_0=180 +R={R}"),
    ("mercator", 0, 0, f"+proj=merc +lon_0=0 +R={R}"),
    ("mollweide", 180, 0, f"+proj=moll +lon_0=180 +R={R}"),
    ("lambert-azimuthal-equal-area", 300, -20, f"+proj=laea +lat_0=-20 +lon_0=300 +R={R}"),
    ("lambert-azimuthal-equal-area", 0, 40, f"+proj=laea +lat_0=40 +lon_0=0 +R={R}"),
]
projections = [{"kind": k, "longitude": lo, "latitude": la, "points": points(p)} for k, lo, la, p in PROJECTIONS]


def geo_keys(path):
    b = open(path, "rb").read()
    off = struct.unpack("<I", b[4:8])[0]
    tags = {}
    for i in range(struct.unpack("<H", b[off:off + 2])[0]):
        t, ty, c, v = struct.unpack("<HHII", b[off + 2 + 12 * i:off + 14 + 12 * i])
        tags[t] = (ty, c, v, off + 10 + 12 * i)

    def get(t):
        ty, c, v, p = tags[t]
        size = {2: 1, 3: 2, 12: 8}[ty]
        d = b[p if size * c <= 4 else v:][:size * c]
        return d.decode() if ty == 2 else struct.unpack(f"<{c}{ {3: 'H', 12: 'd'}[ty] }", d)

    d, a, f = get(34735), get(34737), get(34736)
    out = []
    for i in range(d[3]):
        k, where, c, v = d[4 + 4 * i:8 + 4 * i]
        if where == 0:
            out.append({"id": k, "short": v})
        elif where == 34737:
            out.append({"id": k, "ascii": a[v:v + c - 1]})
        else:
            out.append({"id": k, "double": f[v]})
    return out


CODES = [(50110, "simple-cylindrical", 0, 0), (50115, "simple-cylindrical", 180, 0), (50120, "sinusoidal", 0, 0),
         (50125, "sinusoidal", 180, 0), (50130, "north-polar-stereographic", 0, 90), (50135, "south-polar-stereographic", 0, -90),
         (50140, "mollweide", 0, 0), (50145, "mollweide", 180, 0), (50165, "orthographic", 0, 0), (50170, "orthographic", 180, 0),
         (50180, "lambert-azimuthal-equal-area", 0, 40), (50190, "mercator", 0, 0)]
systems = []
for body, base in (("Io", 50100), ("Europa", 50200), ("Ganymede", 50300), ("Callisto", 50400), ("Jupiter", 59900)):
    for code, kind, lon, lat in CODES:
        number = base + code - 50100
        wkt = re.sub(r',ANCHOR\["[^"]*"\]', "", pyproj.CRS.from_authority("IAU_2015", str(number)).to_wkt())
        row = {"body": body, "kind": kind, "longitude": lon, "latitude": lat, "code": number, "wkt2": wkt}
        if body in ("Io", "Jupiter"):
            with tempfile.TemporaryDirectory() as folder:
                path = folder + "/x.tif"
                with rasterio.open(path, "w", driver="GTiff", width=2, height=2, count=1, dtype="uint8",
                                   crs=CRS.from_authority("IAU_2015", number), transform=from_origin(0, 0, 100, 100)) as f:
                    f.write(np.zeros((1, 2, 2), "u1"))
                row["keys"] = geo_keys(path)
        systems.append(row)
perspective = []
for lat, lon, h in ((12.5, 200.25, 1500000.0), (-60, 10, 30000000.0)):
    proj = f"+proj=nsper +lat_0={lat} +lon_0={lon} +h={h} +R={R}"
    perspective.append({"latitude": lat, "longitude": lon, "height": h, "points": points(proj, 20)})
target = pathlib.Path(__file__).resolve().parent.parent / "Fixtures" / "cartography.json"
target.write_text("{" + ",\n".join(f'"{k}": [\n' + ",\n".join(json.dumps(r) for r in v) + "]" for k, v in
                  (("projections", projections), ("systems", systems), ("perspective", perspective))) + "}\n")
