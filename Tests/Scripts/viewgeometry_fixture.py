"""Writes Tests/Fixtures/viewgeometry.json: poses and what CSPICE sees from them (needs spiceypy and the developers' data).

The data folder is $JUNOCAM_DATA or ../shared/data beside the checkout. A made-up flyby of Io is written as a small SPK
in a temporary folder. Reception light time is converged (CN, CN+S), which is what a pose's LT and LT+S mean; the points
of the one-step LT and LT+S stand beside them.

usage: viewgeometry_fixture.py                            writes the fixture
       viewgeometry_fixture.py --random N --output FILE   N random scenes for the cross-check, each in three modes:
           JUNOCAM_GEOMETRY_CROSSCHECK=FILE swift test --filter GeometryCrossCheck
"""
import argparse, csv, json, math, os, pathlib, tempfile
import numpy as np
import spiceypy as sp

repo = pathlib.Path(__file__).resolve().parent.parent.parent
data = pathlib.Path(os.environ.get("JUNOCAM_DATA", repo.parent / "shared" / "data"))
arguments = argparse.ArgumentParser()
arguments.add_argument("--random", type=int, default=0)
arguments.add_argument("--seed", type=int, default=44)
arguments.add_argument("--output", type=pathlib.Path, default=repo / "Tests" / "Fixtures" / "viewgeometry.json")
arguments = arguments.parse_args()
rng = np.random.default_rng(arguments.seed)
C = sp.clight()
for k in ("naif0012.tls", "pck00010.tpc", "juno_v12.tf", "juno_junocam_v03.ti", "jno_sclkscet_00090.tsc",
          "spk_pre_220614_221109_220810_jm0450.bsp", "JNCR_2016240_01M06152_V01_METHANE_0008_0.bsp",
          "JNCR_2016240_01M06152_V01_METHANE_0008_1.bsp", "juno_sc_rec_160821_160827_v01_1_sliced_-61000.bc"):
    sp.furnsh(str(data / "kernels" / k))

T0 = 757255000.0
PJ44 = sp.str2et("2022-08-17T14:50:00")


def flyby_kernel(path):
    """Observer -999 passes Io (501), Io circles the barycentre 5, which circles the Sun at rest in the origin."""
    t = T0 + np.arange(-6000, 4001, 50.0)
    a, n = 421800.0, 2 * math.pi / (1.769137786 * 86400)
    r, w = 4.98 * 149597870.7, 2 * math.pi / (11.86 * 365.25 * 86400)

    def circle(radius, rate, phase, tilt):
        def f(x):
            th = phase + rate * (x - T0)
            s, c = radius * math.sin(th), radius * math.cos(th)
            return [c, s * math.cos(tilt), s * math.sin(tilt), -s * rate, c * rate * math.cos(tilt), c * rate * math.sin(tilt)]
        return f

    v = np.array([9.0, -13.0, 25.0])
    b = np.cross(v, [1, 2, 0.3])
    b *= 3300 / np.linalg.norm(b)
    bodies = ((10, 0, lambda x: [0.0] * 6), (5, 0, circle(r, w, 0.7, 0.4)), (501, 5, circle(a, n, 2.1, 0.45)),
              (-999, 501, lambda x: list(b + v * (x - T0)) + list(v)))
    h = sp.spkopn(path, "flyby", 0)
    for body, centre, f in bodies:
        sp.spkw13(h, body, centre, "J2000", t[0], t[-1], "made up", 7, len(t), [f(x) for x in t], t.tolist())
    sp.spkcls(h)


def L(x):
    return np.asarray(x, dtype=float).ravel().tolist()


MODES = {"NONE": "NONE", "LT": "CN", "LT+S": "CN+S"}


def pose(et, observer, target, frame, mode, camera):
    cor = MODES[mode]
    lt = 0.0 if mode == "NONE" else sp.spkpos(target, et, "J2000", "CN", observer)[1]
    obs = sp.spkssb(sp.bods2c(observer), et, "J2000")
    tgt = sp.spkssb(sp.bods2c(target), et - lt, "J2000")
    xf = sp.sxform("J2000", frame, et - lt)
    rate = xf[:3, :3] @ sp.xf2rav(xf)[1]
    return {"epochET": et, "cameraFromJ2000": L(camera), "observerVelocity": L(obs[3:]),
            "targetPosition": L(tgt[:3] - obs[:3]), "targetVelocity": L(tgt[3:]), "centreLightTime": lt,
            "bodyFromJ2000": L(xf[:3, :3]), "bodyAngularVelocity": L(rate),
            "sunPosition": L(sp.spkpos("SUN", et - lt, frame, cor, target)[0]),
            "radii": L(sp.bodvrd(target, "RADII", 3)[1]), "lightTimeMode": mode}


def looking_at(direction):
    """A camera whose +z points along a direction, with some roll."""
    z = direction / np.linalg.norm(direction)
    x = np.cross([0.3, -0.5, 0.8], z)
    x /= np.linalg.norm(x)
    return np.array([x, np.cross(z, x), z])


def scene(name, et, observer, target, frame, rays):
    out = []
    for mode, cor in MODES.items():
        geo = sp.spkpos(target, et, "J2000", cor, observer)[0]
        camera = looking_at(geo + 0.3 * np.linalg.norm(geo) * np.array([0.3, 0.2, -0.1]))
        p = pose(et, observer, target, frame, mode, camera)
        radii = p["radii"]
        reach = min(0.6, 1.6 * max(radii) / np.linalg.norm(geo))
        entry = {"name": name, "pose": p, "rays": []}
        for k in range(rays):
            d = geo / np.linalg.norm(geo) + reach * rng.uniform(-1, 1, 3)
            row = {"direction": L(camera @ d)}
            ra = sp.recrad(d)
            row["rightAscension"], row["declination"] = ra[1], ra[2]
            try:
                point, epoch, vec = sp.sincpt("ELLIPSOID", target, et, frame, cor, observer, "J2000", d)
                if mode != "NONE":
                    try:
                        row["oneStepPoint"] = L(sp.sincpt("ELLIPSOID", target, et, frame, mode, observer, "J2000", d)[0])
                    except sp.exceptions.NotFoundError:
                        pass
                _, _, ph, inc, em = sp.ilumin("ELLIPSOID", target, et, frame, cor, observer, point)
                row.update(point=L(point), lightTime=et - epoch, range=float(np.linalg.norm(vec)), phase=ph, incidence=inc, emission=em)
            except sp.exceptions.NotFoundError:
                if mode == "NONE":
                    m = np.array(p["bodyFromJ2000"]).reshape(3, 3)
                    near, dist = sp.npedln(*radii, -m @ geo, m @ d)
                    row.update(nearest=L(near), altitude=dist)
            entry["rays"].append(row)
        for kind in ("NEAR POINT", "INTERCEPT"):
            key = "near" if kind[0] == "N" else "intercept"
            o = sp.subpnt(kind + "/ELLIPSOID", target, et, frame, cor, observer)
            s = sp.subslr(kind + "/ELLIPSOID", target, et, frame, cor, observer)
            entry[key + "SubObserver"], entry[key + "SubSolar"] = L(o[0]), L(s[0])
        ref = [0.1, -0.2, 1.0]
        n, points, epochs, tangents = sp.limbpt("TANGENT/ELLIPSOID", target, et, frame, cor, "ELLIPSOID LIMB", observer,
                                                ref, math.pi / 4, 8, 1e-4, 1e-10, 8)
        entry["limb"] = {"reference": ref, "points": [L(x) for x in points], "epochs": L(epochs), "tangents": [L(x) for x in tangents]}
        out.append(entry)
    return out


def fixed_scenes():
    out = scene("Jupiter, perijove 1", 525560474.65, "JUNO", "JUPITER", "IAU_JUPITER", 24)
    out += scene("Jupiter, perijove 44", PJ44, "JUNO", "JUPITER", "IAU_JUPITER", 24)
    for dt in (-900, -60, 20, 2500):
        out += scene(f"Io, {dt} s", T0 + dt, "-999", "IO", "IAU_IO", 24)
    return out


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "flyby.bsp")
    flyby_kernel(path)
    sp.furnsh(path)
    scenes = []
    for k in range(arguments.random):
        if k % 2:
            scenes += scene(f"Io {k}", T0 + rng.uniform(-2900, 3900), "-999", "IO", "IAU_IO", 40)
        else:
            scenes += scene(f"Jupiter {k}", PJ44 + 36000 * rng.normal() * rng.uniform(0, 1), "JUNO", "JUPITER", "IAU_JUPITER", 40)
    if not arguments.random:
        scenes += fixed_scenes()
    sp.unload(path)
frames = {}
for row in csv.DictReader(open(data / "golden" / "jnc_2016240_01M06152_methane_intercepts.csv")):
    frames[int(row["frame_index_from_0"])] = float(row["et"])
methane = []
for index, et in sorted(frames.items()):
    camera = sp.pxform("J2000", "JUNO_JUNOCAM", et)
    for mode in ("NONE", "LT+S"):
        methane.append({"frame": index, "pose": pose(et, "JUNO", "JUPITER", "IAU_JUPITER", mode, camera)})
rows = ",\n".join(json.dumps(s) for s in scenes)
rows2 = ",\n".join(json.dumps(s) for s in methane)
arguments.output.write_text('{"scenes": [\n' + rows + '\n],\n"methane": [\n' + rows2 + "\n]}\n")
