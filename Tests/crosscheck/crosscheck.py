#!/usr/bin/env python3
"""Compares this project's kernel library with CSPICE on thousands of random cases.

usage: crosscheck.py --probe PROGRAM [--data FOLDER] [--samples FOLDER] [--cases N] [--seed N]
                     [--geometry FILE] [--run FOLDER --run-kernels FILE…]

PROGRAM is the built `crosscheck-probe`. FOLDER of --data is the developers' data folder (with
`kernels/` in it); --samples a folder tree of kernels that the simulator wrote. Without spiceypy the
script installs it in a throw-away environment and runs itself there. Prints the largest difference
of each kind beside its bar; exit code 1 if any bar is missed.

--geometry FILE also writes cases of intercepts, angles, sub-points and limb points as CSPICE finds
them, which the geometry's own test reads (see the Makefile).

--run FOLDER is the output of `junocam run` with registration, --run-kernels the meta-kernels that it
used: CSPICE, with the corrections of its manifest applied to those kernels, is held against CSPICE
with the run's own refined CK and SPK loaded on top.
"""
import argparse
import glob
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import venv

HERE = os.path.dirname(os.path.abspath(__file__))
SPICEYPY = "spiceypy==8.3.0"

try:
    import spiceypy as sp
except ImportError:
    if os.environ.get("CROSSCHECK_ENVIRONMENT"):
        raise
    with tempfile.TemporaryDirectory(prefix="crosscheck-") as folder:
        print(f"installing {SPICEYPY} in a throw-away environment", file=sys.stderr)
        venv.create(folder, with_pip=True)
        python = os.path.join(folder, "bin", "python3")
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", SPICEYPY],
            check=True)
        sys.exit(subprocess.run(
            [python] + sys.argv,
            env={**os.environ, "CROSSCHECK_ENVIRONMENT": folder}).returncode)

CORRECTIONS = ["NONE", "LT", "LT+S", "CN", "CN+S"]


class Probe:
    """The program under test, asked line by line."""

    def __init__(self, program):
        self.process = subprocess.Popen(
            [program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, op, **fields):
        return self.ask_all([dict(op=op, **fields)])[0]

    def ask_all(self, questions):
        """Answers in order: lists, or strings that are error messages."""
        answers = []
        # Few enough at a time that neither pipe can fill up while nobody reads it.
        for start in range(0, len(questions), 20):
            part = questions[start:start + 20]
            for question in part:
                self.process.stdin.write(json.dumps(question) + "\n")
            self.process.stdin.flush()
            for question in part:
                line = self.process.stdout.readline()
                if not line:
                    raise SystemExit(f"the probe died at {question}")
                answer = json.loads(line)
                answers.append(answer["value"] if "value" in answer else str(answer["error"]))
        return answers


class Report:
    """Largest difference of each kind."""

    def __init__(self):
        self.kinds = {}

    def add(self, kind, bar, difference, label):
        worst, count, _, where = self.kinds.get(kind, (-1.0, 0, bar, ""))
        if not difference <= worst:
            worst, where = difference, label
        self.kinds[kind] = (worst, count + 1, bar, where)

    def compare(self, kind, bar, ours, theirs, label):
        if isinstance(ours, str):
            self.add(kind, bar, math.inf, f"{label}: {ours}")
            return
        difference = max(
            (abs(a - b) for a, b in zip(ours, theirs)), default=0.0
        ) if len(ours) == len(theirs) else math.inf
        self.add(kind, bar, difference, label)

    def equal(self, kind, ours, theirs, label):
        self.add(kind, 0.0, 0.0 if ours == theirs else math.inf, f"{label}: {ours} != {theirs}")

    def print(self):
        failed = 0
        width = max(map(len, self.kinds))
        print(f"{'kind':{width}}  {'cases':>6}  {'largest difference':>18}  {'bar':>8}")
        for kind, (worst, count, bar, where) in self.kinds.items():
            good = worst <= bar
            failed += not good
            print(f"{kind:{width}}  {count:6}  {worst:18.3e}  {bar:8.0e}  "
                  + ("ok" if good else f"MISSED at {where}"))
        print(f"{sum(k[1] for k in self.kinds.values())} cases, CSPICE {sp.tkvrsn('TOOLKIT')}: "
              + (f"{failed} kinds missed their bars" if failed else "all within their bars"))
        return failed == 0


def flat(matrix):
    return [float(x) for row in matrix for x in row]


def load(probe, paths):
    sp.kclear()
    for path in paths:
        sp.furnsh(path)
    answer = probe.ask("load", paths=paths)
    if isinstance(answer, str):
        raise SystemExit(f"the probe cannot load: {answer}")


def windows(cell):
    return [(cell[i], cell[i + 1]) for i in range(0, len(cell), 2)]


def spk_windows(paths, body):
    cell = sp.cell_double(20000)
    for path in paths:
        sp.spkcov(path, body, cell)
    return windows(cell)


def ck_windows(paths, frame):
    cell = sp.cell_double(200000)
    for path in paths:
        sp.ckcov(path, frame, False, "INTERVAL", 0.0, "TDB", cell)
    return windows(cell)


def overlap(a, b):
    out = []
    for low, high in a:
        for other, top in b:
            if max(low, other) < min(high, top):
                out.append((max(low, other), min(high, top)))
    return out


def inside(intervals, margin=0.0):
    """A random time in intervals, now and then at an end of one."""
    intervals = [w for w in intervals if w[1] - w[0] > 2 * margin]
    low, high = random.choice(intervals)
    return random.uniform(low + margin, high - margin)


def check_times(probe, report, cases):
    questions, texts = [], []
    for _ in range(cases):
        year = random.randint(1965, 2049)
        clock = (f"{random.randint(0, 23):02}:{random.randint(0, 59):02}:"
                 f"{random.uniform(0, 59.999999):09.6f}")
        if random.random() < 0.5:
            text = f"{year}-{random.randint(1, 365):03}T{clock}"
        else:
            text = f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}T{clock}"
        texts.append(text + random.choice(["", "Z"]))
    for year, day in [(1972, "06-30"), (2005, "12-31"), (2008, "12-31"), (2015, "06-30"),
                      (2016, "12-31")]:
        texts += [f"{year}-{day}T23:59:{s}" for s in ("59.5", "60", "60.25", "60.999")]
        texts += [f"{year}-{day}T23:59:59.9999"]
    for text in texts:
        questions.append({"op": "et", "utc": text})
    for text, answer in zip(texts, probe.ask_all(questions)):
        report.compare("UTC to ET, s", 1e-6, answer, [sp.str2et(text.rstrip("Z"))], text)
    questions = []
    for _ in range(cases):
        questions.append({"op": "utc", "et": random.uniform(-1.1e9, 1.6e9),
                          "decimals": random.randint(0, 9)})
    for leap in [-883655958.8, 189345664.18, 284040065.18, 488980867.18, 536500868.18]:
        for _ in range(40):
            questions.append({"op": "utc", "et": leap + random.uniform(-2.5, 2.5),
                              "decimals": random.randint(0, 4)})
    for question, answer in zip(questions, probe.ask_all(questions)):
        et, decimals = question["et"], question["decimals"]
        report.equal("ET to UTC, text", answer,
                     [sp.et2utc(et, "ISOC", decimals), sp.et2utc(et, "ISOD", decimals)], et)


def check_clock(probe, report, clock, cases):
    starts, stops = sp.scpart(clock)
    total = sum(round(b - a) for a, b in zip(starts, stops))
    first = sp.gdpool(f"SCLK01_COEFFICIENTS_{-clock}", 0, 2)[1]
    moduli = [int(m) for m in sp.gdpool(f"SCLK01_MODULI_{-clock}", 0, 10)]
    questions = []
    for _ in range(cases):
        index = random.randrange(len(starts))
        count = random.randint(math.ceil(starts[index]), math.floor(min(stops[index], 9e14)))
        text = f"{count // moduli[1]}{random.choice('.:-, ')}{count % moduli[1]}"
        if random.random() < 0.7:
            text = f"{index + 1}/{text}"
        questions.append({"op": "scencd", "clock": clock, "text": text})
    for question, answer in zip(questions, probe.ask_all(questions)):
        ticks = sp.scencd(clock, question["text"])
        report.compare("clock string to ticks", 0.0, answer[:1], [ticks], question["text"])
        report.compare("ticks to ET, s", 1e-6, answer[1:2], [sp.sct2e(clock, ticks)], ticks)
        report.equal("ticks to clock string", answer[2:], [sp.scdecd(clock, ticks)], ticks)
    top = min(sp.sct2e(clock, total * 0.2), 1e9)
    questions = [{"op": "sce2c", "clock": clock, "et": random.uniform(first + 100, top)}
                 for _ in range(cases)]
    for question, answer in zip(questions, probe.ask_all(questions)):
        ours = answer if isinstance(answer, str) else [answer[0] / moduli[1]]
        theirs = [sp.sce2c(clock, question["et"]) / moduli[1]]
        report.compare("ET to ticks, s", 1e-6, ours, theirs, question["et"])


def check_pool(probe, report):
    names = probe.ask("names")
    for name, ours in zip(names, probe.ask_all([{"op": "pool", "name": n} for n in names])):
        try:
            theirs = [float(x) for x in sp.gdpool(name, 0, 5000)]
        except Exception:
            theirs = [x.rstrip() for x in sp.gcpool(name, 0, 5000, 132)]
            ours = [str(x).rstrip() for x in ours]
        report.equal("kernel variables, bits", ours, theirs, name)


def check_states(probe, report, cases, pairs, frames, epoch):
    questions = []
    for _ in range(cases):
        target, observer = random.choice(pairs)
        questions.append({
            "op": "state", "target": target, "observer": observer, "frame": random.choice(frames),
            "et": epoch(target, observer), "correction": random.choice(CORRECTIONS)})
    compared = 0
    for question, answer in zip(questions, probe.ask_all(questions)):
        correction = question["correction"]
        try:
            state, lt = sp.spkez(
                question["target"], question["et"], question["frame"], correction,
                question["observer"])
        except Exception as error:
            # At the very ends CSPICE finds no acceleration where one-sided differences still do.
            if isinstance(answer, str) or "+S" in correction:
                continue
            report.add(f"states {correction}, km", 1e-6, math.inf, f"{question}: {error}")
            continue
        compared += 1
        label = json.dumps(question)
        report.compare(f"states {correction}, km", 1e-6,
                       answer if isinstance(answer, str) else answer[:3], state[:3], label)
        bar = 1e-6 if "+S" in correction else 1e-9
        report.compare(f"states {correction}, km/s", bar,
                       answer if isinstance(answer, str) else answer[3:6], state[3:], label)
        report.compare("light time, s", 1e-9,
                       answer if isinstance(answer, str) else answer[6:], [lt], label)
    if compared < cases // 2:
        raise SystemExit(f"only {compared} of {cases} states could be compared")


def check_rotations(probe, report, kind, cases, frames, epoch, rates=True):
    questions = []
    for _ in range(cases):
        a, b = random.sample(frames, 2)
        questions.append({"op": "transform" if rates else "rotation", "from": a, "to": b,
                          "et": epoch()})
    for question, answer in zip(questions, probe.ask_all(questions)):
        a, b, et = question["from"], question["to"], question["et"]
        label = f"{a} to {b} at {et!r}"
        theirs = flat(sp.pxform(a, b, et))
        report.compare(f"rotations {kind}", 1e-12,
                       answer if isinstance(answer, str) else answer[:9], theirs, label)
        if rates:
            lower = flat([row[:3] for row in sp.sxform(a, b, et)[3:]])
            report.compare(f"rotation rates {kind}, 1/s", 1e-12,
                           answer if isinstance(answer, str) else answer[9:], lower, label)


def check_bodies(probe, report, cases):
    bodies = [10, 199, 299, 301, 399, 401, 402, 499, 501, 502, 503, 504, 505, 599, 601, 606, 699,
              701, 799, 801, 899, 901, 999]
    frames = [sp.cidfrm(b)[1] for b in bodies] + ["J2000", "ECLIPJ2000", "GALACTIC", "B1950"]
    check_rotations(probe, report, "of bodies", cases, frames,
                    lambda: random.uniform(-1.5e9, 1.5e9))
    for body, answer in zip(bodies, probe.ask_all([{"op": "radii", "body": b} for b in bodies])):
        report.compare("radii, km", 0.0, answer, list(sp.bodvcd(body, "RADII", 3)[1]), body)


def check_attitude(probe, report, cases, paths, instrument, clock, frames):
    cover = ck_windows(paths, instrument)
    ours = probe.ask("ckcov", frame=instrument)
    report.compare("CK coverage, s", 1e-6, ours, [t for w in cover for t in w], paths)

    def epoch():
        if random.random() < 0.1:
            low, high = random.choice(cover)
            # A microsecond inside: ticks found from an ET may fall on either side of a bound.
            return random.choice([low + 1e-6, high - 1e-6])
        return inside(cover)

    check_rotations(probe, report, "by attitude", cases, frames, epoch)
    outside = []
    for low, high in cover:
        outside += [low - 0.01, high + 0.01]
    for et, answer in zip(outside, probe.ask_all(
            [{"op": "rotation", "from": "J2000", "to": frames[0], "et": t} for t in outside])):
        try:
            theirs = flat(sp.pxform("J2000", frames[0], et))
            report.compare("rotations by attitude", 1e-12, answer, theirs, et)
        except Exception:
            report.equal("no pointing outside", isinstance(answer, str), True, et)


def check_spk_coverage(probe, report, paths, bodies):
    for body in bodies:
        theirs = [t for w in spk_windows(paths, body) for t in w]
        report.compare("SPK coverage, s", 0.0, probe.ask("spkcov", body=body), theirs, body)


def real_kernels(probe, report, folder, cases):
    def path(name):
        return os.path.join(folder, "kernels", name)

    text = [path(n) for n in (
        "naif0012.tls", "jno_sclkscet_00090.tsc", "juno_v12.tf", "juno_junocam_v03.ti",
        "pck00010.tpc")]
    load(probe, text[:4] + [path("pck00010.tpc")])
    check_pool(probe, report)
    check_times(probe, report, cases)
    check_clock(probe, report, -61, cases)
    check_clock(probe, report, -61999, cases // 4)
    check_bodies(probe, report, cases)
    load(probe, text[:4] + [path("pck00011.tpc")])
    check_pool(probe, report)
    check_bodies(probe, report, cases)
    names = ["JUNO_JUNOCAM", "JUNO_JUNOCAM_CUBE", "JUNO_SPACECRAFT"]
    check_rotations(probe, report, "of fixed frames", 60, names, lambda: 0.0, rates=False)

    attitude = sorted(glob.glob(path("juno_sc_rec_*.bc")))
    load(probe, text + attitude)
    check_attitude(probe, report, cases, attitude, -61000, -61,
                   names[::-1] + ["J2000", "IAU_JUPITER", "IAU_IO", "ECLIPJ2000"])
    for name in sorted(glob.glob(path("*.bsp"))):
        load(probe, text + [name])
        bodies = sorted(sp.spkobj(name))
        check_spk_coverage(probe, report, [name], bodies)
        covers = {body: spk_windows([name], body) for body in bodies}
        pairs = [(a, b) for a in bodies for b in bodies if a != b]

        def epoch(target, observer):
            common = overlap(covers[target], covers[observer])
            # Mostly far enough from the ends for the light time and the acceleration.
            return inside(common, 0.0 if random.random() < 0.2 else
                          min(4000.0, max(0.0, min(b - a for a, b in common) / 2 - 2)))

        # Small files do not reach back a light time to the barycentre's side of things.
        close = [p for p in pairs if overlap(covers[p[0]], covers[p[1]])]
        frames = ["J2000", "ECLIPJ2000", "IAU_JUPITER", "IAU_IO", "IAU_EARTH"]
        if os.path.getsize(name) < 10000:
            geometric(probe, report, cases // 4, close, frames, epoch)
        else:
            check_states(probe, report, cases, close, frames, epoch)


def geometric(probe, report, cases, pairs, frames, epoch):
    """States without corrections, for kernels that do not reach the barycentre."""
    questions = []
    for _ in range(cases):
        target, observer = random.choice(pairs)
        questions.append({"op": "state", "target": target, "observer": observer,
                          "frame": random.choice(frames), "et": epoch(target, observer),
                          "correction": "NONE"})
    for question, answer in zip(questions, probe.ask_all(questions)):
        try:
            state, _ = sp.spkez(question["target"], question["et"], question["frame"], "NONE",
                                question["observer"])
        except Exception as error:
            report.equal("no state where CSPICE has none", isinstance(answer, str), True,
                         f"{question} {error}")
            continue
        ours = answer if isinstance(answer, str) else answer[:3]
        report.compare("states NONE, km", 1e-6, ours, state[:3], json.dumps(question))
        ours = answer if isinstance(answer, str) else answer[3:6]
        report.compare("states NONE, km/s", 1e-9, ours, state[3:], json.dumps(question))


def written_kernels(probe, report, cases):
    """CSPICE reads what we write, and both say the same about it."""
    fixtures = os.path.join(HERE, "..", "Fixtures", "SPICE")
    text = [os.path.join(fixtures, n) for n in ("test.tls", "test.tsc", "test.tf", "test.tpc")]
    start = 757000000.0
    with tempfile.TemporaryDirectory(prefix="crosscheck-") as folder:
        def orbit(t):
            w = 2 * math.pi / 7000
            return ([7e4 * math.cos(w * t), 6e4 * math.sin(w * t), 9e3 * math.sin(2 * w * t)]
                    + [-7e4 * w * math.sin(w * t), 6e4 * w * math.cos(w * t),
                       1.8e4 * w * math.cos(2 * w * t)])

        paths = []
        for index, (kind, degree, count) in enumerate(
                [(13, 7, 350), (13, 3, 12), (13, 15, 101), (9, 7, 200), (9, 8, 99), (9, 1, 5)]):
            t, samples = 0.0, []
            for _ in range(count):
                samples.append([start + t] + orbit(t))
                t += random.uniform(8, 20)
            path = os.path.join(folder, f"states{index}.bsp")
            answer = probe.ask("writeSPK", path=path, type=kind, degree=degree,
                               target=-(900 + index), center=899, samples=samples)
            report.equal("SPK written", answer, [], path)
            paths.append((path, -(900 + index), samples))
        series = os.path.join(folder, "series.bsp")
        rows = [[random.uniform(-1, 1) * 1e4 * 0.4**(k % 9) for k in range(27)] for _ in range(20)]
        more = [[random.uniform(-1, 1) * 10 * 0.4**(k % 9) for k in range(27)] for _ in range(20)]
        report.equal("SPK written", probe.ask(
            "writeSeries", path=series, target=801, center=899, terms=9, start=start,
            interval=500.0, positions=rows), [], series)
        full = os.path.join(folder, "full.bsp")
        report.equal("SPK written", probe.ask(
            "writeSeries", path=full, target=802, center=899, terms=9, start=start,
            interval=500.0, positions=rows, velocities=more), [], full)
        paths += [(series, 801, []), (full, 802, [])]
        for path, body, samples in paths:
            load(probe, text + [path])
            cover = spk_windows([path], body)
            check_spk_coverage(probe, report, [path], [body])
            geometric(probe, report, cases // 4, [(body, 899)], ["J2000", "IAU_NEPTUNE"],
                      lambda *_: inside(cover))
            for row in samples[:: max(1, len(samples) // 20)]:
                state = sp.spkgeo(body, row[0], "J2000", 899)[0]
                report.compare("written states in CSPICE, km", 1e-6, list(state[:3]), row[1:4], row[0])
            comments = comment_lines(path)
            if samples:
                report.equal("comment area", comments,
                             ["Written for a comparison with CSPICE.", "", "End."], path)

        load(probe, text)
        path = os.path.join(folder, "attitude.bc")
        for rates in (1, 0):
            ticks, starts, instances = 300000.0, [], []
            for run in range(3):
                starts.append(ticks)
                for _ in range(140):
                    t = ticks / 256
                    q = sp.m2q(sp.eul2m(0.2045 * t, 0.7, 1.1 + 1e-4 * t, 3, 1, 3))
                    q = q * random.choice([1, -1])
                    instances.append([ticks] + [float(x) for x in q] + [0.2, 0.01 * run, 0.03])
                    ticks += random.choice([128.0, 256.0, 300.5])
                ticks += 5000
            answer = probe.ask("writeCK", path=path, instrument=-999000, rates=rates, starts=starts,
                               instances=instances)
            report.equal("CK written", answer, [], path)
            load(probe, text + [path])
            cover = ck_windows([path], -999000)
            if rates:
                check_attitude(probe, report, cases, [path], -999000, -999,
                               ["TEST_BUS", "TEST_QUATERNION", "TEST_ANGLES", "J2000",
                                "IAU_TRITON"])
            else:
                check_rotations(probe, report, "by attitude", cases // 4,
                                ["TEST_BUS", "TEST_ARC", "J2000"], lambda: inside(cover),
                                rates=False)
            report.equal("comment area", comment_lines(path), ["Attitude."], path)

        path = os.path.join(folder, "text.tpc")
        values = [random.uniform(-1, 1) * 10.0**random.randint(-12, 12) for _ in range(300)]
        probe.ask("writeText", path=path, numbers=values, strings=["it's", "a b", " "])
        load(probe, [path])
        check_pool(probe, report)
        theirs = sp.gdpool("CROSSCHECK_NUMBERS", 0, 1000)
        report.compare("numbers read back by CSPICE, relative", 2e-15,
                       [a / b for a, b in zip(theirs, values)], [1.0] * len(values), path)


def comment_lines(path):
    handle = sp.dafopr(path)
    count, lines, _ = sp.dafec(handle, 1000, 255)
    sp.dafcls(handle)
    return [line.rstrip() for line in lines[:count]]


def simulated_kernels(probe, report, folder, cases):
    """The kernels of every scene below a folder: text, positions and attitude."""
    scenes = sorted({os.path.dirname(p) for p in glob.glob(
        os.path.join(folder, "**", "*.bsp"), recursive=True)})
    for scene in scenes:
        def files(extension):
            return sorted(glob.glob(os.path.join(scene, "*." + extension)))

        spk, ck = files("bsp"), files("bc")
        paths = [p for e in ("tls", "tsc", "tpc", "tf", "ti") for p in files(e)] + spk + ck
        load(probe, paths)
        check_pool(probe, report)
        bodies = sorted({b for p in spk for b in sp.spkobj(p)})
        covers = {b: spk_windows(spk, b) for b in bodies}
        check_spk_coverage(probe, report, spk, bodies)
        pairs = [(a, b) for a in bodies for b in bodies
                 if a != b and overlap(covers[a], covers[b])]

        def epoch(target, observer):
            return inside(overlap(covers[target], covers[observer]))

        frames = ["J2000", "IAU_IO", "IAU_JUPITER", "ECLIPJ2000"]
        geometric(probe, report, cases // 2, pairs, frames, epoch)
        corrected = [p for p in pairs if reaches_barycentre(p, covers)]
        if corrected:
            check_states(probe, report, cases // 2, corrected, frames, epoch)
        if ck:
            check_attitude(probe, report, cases, ck, -61000, -61,
                           ["JUNO_SPACECRAFT", "JUNO_JUNOCAM", "JUNO_JUNOCAM_CUBE", "J2000",
                            "IAU_IO"])


def reaches_barycentre(pair, covers):
    low, high = max((overlap(covers[pair[0]], covers[pair[1]])), key=lambda w: w[1] - w[0])
    try:
        sp.spkez(pair[0], (low + high) / 2, "J2000", "CN+S", pair[1])
        return True
    except Exception:
        return False


def turned(vector):
    """The rotation of vectors by the length of a vector, about it."""
    angle = sp.vnorm(vector)
    return sp.axisar(vector, angle) if angle > 0 else sp.ident()


def fitted_views(image, target):
    """Of each frame: its labelled epoch, and camera from body and the target's place (body axes, km)
    as the loaded kernels and the manifest's corrections have them."""
    timing = image["model"]["timing"]
    value = {c["name"]: c["value"] for c in image["corrections"] if c["source"] == "registration"}

    def get(name):
        return value.get(name, 0.0)

    delta = timing["interframeDelta"] - get("interframeDelta")
    labelled = [timing["startET"] + timing["startTimeBias"] + timing["exposureShift"]
                + frame * (timing["interframeDelay"] + delta) for frame in range(image["frames"])]
    cameras = [sp.pxform("J2000", "JUNO_JUNOCAM", et) for et in labelled]
    middle = len(labelled) // 2
    before, after = max(middle - 1, 0), min(middle + 1, len(labelled) - 1)
    axis, _ = sp.raxisa(sp.mxmt(cameras[after], cameras[before]))
    # A frame that turns one way makes vectors turn the other.
    spin = -sp.vhat(axis)
    first = sp.vhat(sp.vperp([0.0, 1.0, 0.0], spin))
    second = sp.vcrss(spin, first)
    first_inertial = sp.mtxv(cameras[middle], first)
    second_inertial = sp.mtxv(cameras[middle], second)
    craft = sp.spkssb(-61, labelled[middle], "J2000")
    _, light_time = sp.spkez(target, labelled[middle], "J2000", "LT", -61)
    body = sp.spkssb(target, labelled[middle] - light_time, "J2000")
    along = sp.vhat(craft[3:] - body[3:])
    radial = sp.vhat(sp.vperp(craft[:3] - body[:3], along))
    cross = sp.vcrss(along, radial)
    displacement = (along * get("alongTrack") + radial * get("radial")
                    + cross * get("crossTrack"))
    axes = turned(-(first_inertial * get("spinAxisFirst")
                    + second_inertial * get("spinAxisSecond")))
    centre = (labelled[0] + labelled[-1]) / 2
    for frame, et in enumerate(labelled):
        moment = et + get("startTimeOffset") + frame * get("interframeDelta")
        elapsed = et - centre
        tilt = turned(-(first * (get("tiltFirst") + get("driftFirst") * elapsed)
                        + second * (get("tiltSecond") + get("driftSecond") * elapsed)))
        phase = turned(-spin * (get("spinPhase") + get("spinRate") * elapsed))
        camera = sp.mxm(sp.mxm(tilt, phase),
                        sp.mxm(sp.pxform("J2000", "JUNO_JUNOCAM", moment), axes))
        craft = sp.spkssb(-61, moment, "J2000")[:3] + displacement
        light_time = 0.0
        for _ in range(5):
            place = sp.spkssb(target, moment - light_time, "J2000")[:3] - craft
            light_time = sp.vnorm(place) / sp.clight()
        rotation = sp.pxform("J2000", f"IAU_{sp.bodc2n(target)}", moment - light_time)
        yield et, sp.mxmt(camera, rotation), sp.mxv(rotation, place)


def refined_kernels(report, folder, kernels):
    """A run's corrections as the manifest states them, and as its CK and SPK give them."""
    with open(os.path.join(folder, "manifest.json")) as file:
        manifest = json.load(file)
    files = [os.path.join(folder, k["name"]) for k in manifest.get("refinedKernels") or []]
    target = sp.bodn2c(manifest["target"])
    for kernel in kernels:
        # Paths in a meta-kernel are relative to its own folder.
        here = os.getcwd()
        os.chdir(os.path.dirname(os.path.abspath(kernel)))
        sp.furnsh(os.path.basename(kernel))
        os.chdir(here)
    wanted = {image["id"]: list(fitted_views(image, target)) for image in manifest["images"]
              if image["registration"] == "registered"}
    for path in files:
        sp.furnsh(path)
    for name, views in wanted.items():
        for frame, (et, camera, place) in enumerate(views):
            label = f"{name} frame {frame}"
            found, light_time = sp.spkezp(target, et, "J2000", "LT", -61)
            rotation = sp.pxform("J2000", f"IAU_{sp.bodc2n(target)}", et - light_time)
            turn = sp.mxmt(sp.mxmt(sp.pxform("J2000", "JUNO_JUNOCAM", et), rotation), camera)
            # A clock reading holds 1e-7 s; between two frames the path is straight to a metre.
            report.add("refined CK: attitude to the body, rad", 2e-7, sp.raxisa(turn)[1], label)
            report.add("refined SPK: place over the body, km", 2e-3,
                       float(sp.vnorm(sp.mxv(rotation, found) - place)), label)
    sp.kclear()
    if not wanted:
        report.add("refined kernels: images", 0.0, math.inf, "no image of the run is registered")


def find_data(given):
    """The developers' data folder: the one given, or beside the checkout; None without one."""
    beside = [os.path.join(HERE, up, "shared", "data") for up in ("../../..", "../../../..")]
    found = [folder for folder in [given] + beside if folder and os.path.isdir(folder)]
    return os.path.normpath(found[0]) if found else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--probe", required=True)
    parser.add_argument("--data", default=os.environ.get("JUNOCAM_DATA"))
    parser.add_argument("--samples", default=os.path.join(HERE, "..", "..", "SampleFrames"))
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=57)
    parser.add_argument("--geometry")
    parser.add_argument("--run")
    parser.add_argument("--run-kernels", nargs="+", default=[])
    options = parser.parse_args()
    random.seed(options.seed)
    data = find_data(options.data)
    if options.geometry and data:
        script = os.path.join(HERE, "..", "Scripts", "viewgeometry_fixture.py")
        subprocess.run(
            [sys.executable, script, "--random", "120", "--seed", str(options.seed), "--output",
             options.geometry], check=True, env={**os.environ, "JUNOCAM_DATA": data})
    probe = Probe(options.probe)
    report = Report()
    if data:
        real_kernels(probe, report, data, options.cases)
    else:
        print("no folder of real kernels: give --data or set JUNOCAM_DATA", file=sys.stderr)
    written_kernels(probe, report, options.cases)
    if os.path.isdir(options.samples):
        simulated_kernels(probe, report, options.samples, options.cases)
    if options.run:
        sp.kclear()
        refined_kernels(report, options.run, options.run_kernels)
    sys.exit(0 if report.print() else 1)


if __name__ == "__main__":
    main()
