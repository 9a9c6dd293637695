#!/usr/bin/env python3
"""Compares this project's inner loops, codecs and runs with OpenCV and numpy (and GDAL where it can
be imported): the same arrays, the same coordinates, taking turns in one run.

usage: compare.py --probe PROGRAM [--junocam PROGRAM] [--rounds N] [--only WORD]

Prints each line beside its goal; medians of N rounds (five), of processor time where one thread works. Without numpy or OpenCV the script
installs them in a throw-away environment and runs itself there. --junocam adds whole runs of the
program on the sample frames. Run it on a quiet machine: the load is printed first.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PACKAGES = ["numpy==2.4.6", "opencv-python-headless==5.0.0.93"]

try:
    import cv2
    import numpy as np
except ImportError:
    if os.environ.get("COMPARE_ENVIRONMENT"):
        raise
    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        print(f"installing {' '.join(PACKAGES)} in a throw-away environment", file=sys.stderr)
        venv.create(folder, with_pip=True)
        python = os.path.join(folder, "bin", "python3")
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
            check=True)
        sys.exit(subprocess.run(
            [python] + sys.argv, env={**os.environ, "COMPARE_ENVIRONMENT": folder}).returncode)

FRAME_ROWS, COLUMNS = 128, 1648


class Probe:
    """The program under test; every command is answered with a line."""

    def __init__(self, program):
        self.process = subprocess.Popen(
            [program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *command):
        self.process.stdin.write(" ".join(str(word) for word in command) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        if not answer or answer.startswith("error"):
            raise SystemExit(f"{command[0]}: {answer or 'the probe died'}")
        return answer

    def seconds(self, *command):
        return float(self.ask(*command).split()[0])


class Table:
    """Lines of the report, printed as they come."""

    def __init__(self, rounds):
        self.rounds = rounds
        self.missed = 0

    def medians(self, *bodies):
        """Median seconds of bodies that take turns; each returns its seconds."""
        times = [[] for _ in bodies]
        for body in bodies:
            body()
        for _ in range(self.rounds):
            for place, body in enumerate(bodies):
                times[place].append(body())
        return [statistics.median(t) for t in times]

    def line(self, name, value, goal=None, unit="x", better="more", note=""):
        met = goal is None or (value >= goal if better == "more" else value <= goal)
        self.missed += not met
        sign = ">=" if better == "more" else "<="
        wanted = f"{sign} {goal:g} {unit}" if goal is not None else ""
        print(f"{name:<52}{value:>8.2f} {unit:<4}{wanted:>12}  {'' if met else 'MISSED':<7}{note}",
              flush=True)


def timed(body, clock=time.process_time):
    """Processor time, which other work on the machine disturbs little; on one thread only."""
    def run():
        start = clock()
        body()
        return clock() - start
    return run


def turned(width, height, plane_width, plane_height, degrees, scale):
    """Positions of a picture turned about the plane's middle, held inside by four samples."""
    angle = np.radians(degrees)
    sample = np.arange(width, dtype=np.float32) - width / 2
    line = (np.arange(height, dtype=np.float32) - height / 2)[:, None]
    x = scale * (np.cos(angle) * sample - np.sin(angle) * line) + plane_width / 2
    y = scale * (np.sin(angle) * sample + np.cos(angle) * line) + plane_height / 2
    return (np.clip(x, 4, plane_width - 6).astype(np.float32),
            np.clip(y, 4, plane_height - 6).astype(np.float32))


class Comparison:
    def __init__(self, probe, table, folder):
        self.probe, self.table, self.folder = probe, table, folder
        self.random = np.random.default_rng(5)

    def path(self, name, array=None):
        path = os.path.join(self.folder, name)
        if array is not None:
            np.ascontiguousarray(array).tofile(path)
        return path

    def load(self, plane, x, y):
        self.probe.ask("plane", plane.shape[1], plane.shape[0], self.path("plane", plane))
        self.probe.ask(
            "coordinates", x.shape[1], x.shape[0], self.path("x", x), self.path("y", y))

    def output(self, shape, command="save"):
        self.probe.ask(command, self.path("out"))
        return np.fromfile(self.path("out"), dtype=np.float32).reshape(shape)

    def scene(self, height, width):
        """Smooth ground with noise, as in a calibrated framelet."""
        noise = self.random.normal(0, 1, (height, width)).astype(np.float32)
        return cv2.GaussianBlur(noise, (0, 0), 3) * 40 + noise * 0.3 + 100

    def remap(self):
        kernels = [("bilinear", cv2.INTER_LINEAR, 1.6), ("bicubic", cv2.INTER_CUBIC, 2.1),
                   ("lanczos3", cv2.INTER_LANCZOS4, 3.0)]
        cases = [("1648 x 1024 -> 2048 x 2048", (1024, 1648), (2048, 2048), 10, 0.42),
                 ("4096 x 2048 -> 4096 x 4096", (2048, 4096), (4096, 4096), 5, 0.48)]
        for title, (h, w), (height, width), degrees, scale in cases:
            plane = self.scene(h, w)
            x, y = turned(width, height, w, h, degrees, scale)
            self.load(plane, x, y)
            result = np.empty((height, width), dtype=np.float32)
            for name, code, goal in kernels:
                def other():
                    cv2.remap(plane, x, y, code, result, cv2.BORDER_REFLECT_101)
                cv2.setNumThreads(1)
                ours, theirs = self.table.medians(
                    lambda: self.probe.seconds("remap", name, 1), timed(other))
                difference = np.abs(self.output((height, width)) - result).max()
                self.table.line(
                    f"{name} remap, {title}, 1 thread", theirs / ours, goal,
                    note=f"{x.size / ours / 1e6:.0f} against {x.size / theirs / 1e6:.0f} Mpx/s; "
                    f"largest difference {difference:.2f}")
                if name == "bicubic":
                    cv2.setNumThreads(2)
                    ours, theirs = self.table.medians(
                        lambda: self.probe.seconds("remap", name, 2),
                        timed(other, time.perf_counter))
                    self.table.line(
                        f"{name} remap, {title}, 2 threads", theirs / ours, goal,
                        note=f"{x.size / ours / 1e6:.0f} against {x.size / theirs / 1e6:.0f} Mpx/s")
                    cv2.setNumThreads(1)

    def geometry(self):
        w, h, width, height = 4096, 2048, 4096, 2048
        radii, distance, focal = (1829.4, 1819.4, 1815.7), 8000.0, 4500.0
        k1, k2, cx, cy = -2e-9, 1e-16, w / 2, h / 2
        step = np.radians(0.014)
        west, north = -step * width / 2, step * height / 2
        # Camera on +x: depth is distance - x, right is +y, down is -z.
        matrix = [0, 1, 0, 0, 0, 0, -1, 0, -1, 0, 0, distance]
        plane = self.scene(h, w)
        zeros = np.zeros((height, width), dtype=np.float32)
        self.load(plane, zeros, zeros)
        self.probe.ask("camera", *matrix, focal, k1, k2, cx, cy, *radii, west, north, step, step,
                       distance, 0)
        longitude = west + step * np.arange(width)
        latitude = north - step * np.arange(height)
        f32 = np.float32
        m = np.array(matrix, dtype=f32).reshape(3, 4)

        def points():
            """Points of the grid, by tables of rows and columns."""
            cos_lon, sin_lon = np.cos(longitude).astype(f32), np.sin(longitude).astype(f32)
            cos_lat = np.cos(latitude).astype(f32)[:, None]
            sin_lat = np.sin(latitude).astype(f32)[:, None]
            equatorial = (cos_lon / f32(radii[0])) ** 2 + (sin_lon / f32(radii[1])) ** 2
            radius = 1 / np.sqrt(equatorial * cos_lat ** 2 + (sin_lat / f32(radii[2])) ** 2)
            along = radius * cos_lat
            return along * cos_lon, along * sin_lon, radius * sin_lat

        def tables():
            """The fastest way that numpy knows: tables by row and column, float32 throughout."""
            px, py, pz = points()
            qx = m[0, 0] * px + m[0, 1] * py + m[0, 2] * pz + m[0, 3]
            qy = m[1, 0] * px + m[1, 1] * py + m[1, 2] * pz + m[1, 3]
            qz = m[2, 0] * px + m[2, 1] * py + m[2, 2] * pz + m[2, 3]
            scale = f32(focal) / qz
            ux, uy = qx * scale, qy * scale
            r2 = ux * ux + uy * uy
            d = 1 + r2 * (f32(k1) + r2 * f32(k2))
            return ux * d + f32(cx - 0.5), uy * d + f32(cy - 0.5)

        def everything():
            """What a warp needs to know: light time and aberration by range, coordinates, whether the
            framelet sees the point and from how steep, and the weight of a strip that fades at its
            edges. Correction and limits of this scene are idle, as in the other program."""
            p = points()
            zero, one = f32(0), f32(1)
            q = [row[0] * p[0] + row[1] * p[1] + row[2] * p[2] + row[3] for row in m]
            length = np.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2])
            q = [a + (zero * p[0] + zero * p[1] + zero * p[2] + zero) * length for a in q]
            scale = f32(focal) / q[2]
            ux, uy = q[0] * scale, q[1] * scale
            r2 = ux * ux + uy * uy
            d = 1 + r2 * (f32(k1) + r2 * f32(k2))
            x, y = ux * d + f32(cx), uy * d + f32(cy)
            inside = (x >= 4) & (x <= 1e6) & (y >= 0.5) & (y <= f32(h - 0.5)) & (q[2] > 0)
            n = [a * f32(1 / r ** 2) for a, r in zip(p, radii)]
            level = p[0] * n[0] + p[1] * n[1] + p[2] * n[2]
            rise = n[0] * f32(distance) - level
            normal2 = n[0] * n[0] + n[1] * n[1] + n[2] * n[2]
            faces = (rise * np.abs(rise) >= normal2 * (length * length) * f32(0.0025)) | (
                level > 1.00001)
            ramp = np.clip(np.minimum(y, h - y) * f32(1 / 9), zero, one)
            weight = ramp * ramp * (3 - 2 * ramp) + f32(1e-4)
            weight *= inside & faces
            return x - f32(0.5), y - f32(0.5), weight

        result = {}

        def geometry_only():
            result["x"], result["y"] = tables()

        def all_of_it():
            result["x"], result["y"], result["weight"] = everything()

        def remapped():
            x, y = tables()
            result["out"] = cv2.remap(plane, x, y, cv2.INTER_CUBIC,
                                      borderMode=cv2.BORDER_REFLECT_101)
        cv2.setNumThreads(1)
        ours, less, theirs = self.table.medians(
            lambda: self.probe.seconds("geometry", 1), timed(geometry_only), timed(all_of_it))
        dx = np.abs(self.output((height, width)) - result["x"]).max()
        dy = np.abs(self.output((height, width), "save2") - result["y"]).max()
        self.table.line(
            "table geometry with weights against numpy, 1 thread", theirs / ours, 20,
            note=f"{zeros.size / ours / 1e6:.0f} against {zeros.size / theirs / 1e6:.0f} Mpx/s; "
            f"largest difference {max(dx, dy):.4f} px")
        self.table.line(
            "the same against numpy's coordinates without weights", less / ours,
            note=f"{zeros.size / less / 1e6:.0f} Mpx/s")
        ours, theirs = self.table.medians(
            lambda: self.probe.seconds("fused", 1), timed(remapped))
        difference = np.abs(self.output((height, width)) - result["out"]).max()
        self.table.line(
            "fused geometry + bicubic against both, 1 thread", theirs / ours, 6,
            note=f"{zeros.size / ours / 1e6:.0f} against {zeros.size / theirs / 1e6:.0f} Mpx/s; "
            f"largest difference {difference:.2f}")

    def calibrate(self):
        rows = 15_360
        codes = self.random.integers(0, 256, (rows, COLUMNS), dtype=np.uint8)
        flat = self.random.normal(1, 0.05, (rows, COLUMNS)).astype(np.float32)
        self.load(np.zeros((8, 8), dtype=np.float32), flat, flat)
        self.probe.ask("bytes", self.path("codes", codes))
        table = np.arange(256, dtype=np.float32) ** 1.4

        def numpy():
            value = table[codes]
            value -= 3.5
            value *= 0.001
            value *= flat
        copy, ours, theirs = self.table.medians(
            lambda: self.probe.seconds("copy"), lambda: self.probe.seconds("calibrate"),
            timed(numpy))
        self.table.line(
            "decompand + calibrate, of copy bandwidth", 100 * copy / ours, 70, "%",
            note=f"{9 * codes.size / ours / 1e9:.1f} of {9 * codes.size / copy / 1e9:.1f} GB/s; "
            f"numpy takes {theirs / ours:.0f} times as long")

    def picture(self, covered):
        """A 4096 x 2048 map with ground, noise and a part without data."""
        height, width = 2048, 4096
        base = np.stack([self.scene(height, width) for _ in range(3)], axis=2)
        grain = self.random.normal(0, 2.5, base.shape)
        image = np.clip(base + grain, 1, 255).astype(np.uint8)
        line, sample = np.mgrid[0:height, 0:width]
        edge = width * covered + 150 * np.sin(line / 300)
        if covered < 1:
            image[sample > edge] = 0
        return image

    def png(self):
        import_path = os.environ.get("COMPARE_PICTURE")
        pictures = [("full map", self.picture(1)), ("45 % covered", self.picture(0.45))]
        if import_path:
            pictures.append((os.path.basename(import_path), cv2.imread(import_path)[..., ::-1]))
        for title, image in pictures:
            image = np.ascontiguousarray(image)
            height, width = image.shape[:2]
            self.probe.ask("bytes", self.path("picture", image))
            sizes = {}

            def opencv():
                sizes["theirs"] = len(cv2.imencode(".png", image)[1])

            def ours(threads):
                seconds, size = self.probe.ask("encode", width, height, 3, threads).split()
                sizes["ours"] = int(size)
                return float(seconds)
            one, theirs, two, waited = self.table.medians(
                lambda: ours(1), timed(opencv), lambda: ours(2),
                timed(opencv, time.perf_counter))
            note = f"{one * 1000:.0f} ms against {theirs * 1000:.0f} ms"
            self.table.line(f"PNG encode, {title}, 1 thread", theirs / one, 1.6, note=note)
            self.table.line(f"PNG encode, {title}, 2 threads", waited / two, 3,
                            note=f"{two * 1000:.0f} ms")
            self.table.line(f"PNG size, {title}, against OpenCV's", sizes["ours"] / sizes["theirs"],
                            1, better="less", note=f"{sizes['ours'] / 1e6:.2f} MB")

    def gdal(self):
        try:
            from osgeo import gdal
        except ImportError:
            print("GDAL cannot be imported: no lines for it")
            return
        gdal.UseExceptions()
        h, w = 2048, 4096
        plane = self.scene(h, w)
        memory = gdal.GetDriverByName("MEM")
        source = memory.Create("", w, h, 1, gdal.GDT_Float32)
        angle, scale = np.radians(5), 0.48
        source.SetGeoTransform([-w / 2, 1, 0, h / 2, 0, -1])
        source.GetRasterBand(1).WriteArray(plane)
        target = memory.Create("", 4096, 4096, 1, gdal.GDT_Float32)
        a, b = scale * np.cos(angle), scale * np.sin(angle)
        target.SetGeoTransform([-2048 * a + 2048 * b, a, -b, 2048 * b + 2048 * a, -b, -a])
        x, y = turned(4096, 4096, w, h, 5, scale)
        self.load(plane, x, y)
        for name, code in [("bilinear", gdal.GRA_Bilinear), ("bicubic", gdal.GRA_Cubic),
                           ("lanczos3", gdal.GRA_Lanczos)]:
            ours, theirs = self.table.medians(
                lambda: self.probe.seconds("remap", name, 1),
                timed(lambda: gdal.ReprojectImage(source, target, None, None, code)))
            self.table.line(f"{name} against GDAL's warp, 1 thread", theirs / ours)


class Runs:
    """Whole runs in new processes."""

    def __init__(self, junocam, table, folder):
        self.junocam, self.table, self.folder = junocam, table, folder

    def measured(self, pipeline, *options, environment=None):
        """Wall seconds, processor seconds and the peak of resident memory, MiB, of a new process."""
        # "out" is what the probe saves.
        out = os.path.join(self.folder, "products")
        start = time.perf_counter()
        said = os.path.join(self.folder, "said.txt")
        with open(said, "w") as errors:
            process = subprocess.Popen(
                [self.junocam, "run", pipeline, "-o", out, "--force", *options],
                stdout=subprocess.DEVNULL, stderr=errors,
                env={**os.environ, **(environment or {})})
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            with open(said) as errors:
                raise SystemExit(
                    f"junocam run {pipeline} ended with {process.returncode}\n{errors.read()}")
        return (time.perf_counter() - start, usage.ru_utime + usage.ru_stime,
                usage.ru_maxrss / 1024)

    def medians(self, *bodies):
        """Median wall and processor seconds of bodies that take turns."""
        processor = [[] for _ in bodies]

        def waited(body, times):
            wall, used, _ = body()
            times.append(used)
            return wall
        walls = self.table.medians(
            *[lambda b=b, t=t: waited(b, t) for b, t in zip(bodies, processor)])
        return [(wall, statistics.median(used[1:])) for wall, used in zip(walls, processor)]

    def simulated(self, name, count, filters):
        """Frames and kernels of images of 40 exposures, simulated for the purpose."""
        scene = os.path.join(self.folder, f"{name}.yaml")
        with open(os.path.join(ROOT, "SampleFrames", "pj57", "pj57.yaml")) as file:
            head = file.read().split("images:")[0]
        with open(scene, "w") as file:
            file.write(head + "images:\n")
            for index in range(count):
                file.write(
                    f"  - {{product: JNCE_2023364_57C9001{index}_V01, title: Io near, "
                    f"time: {175 + 40 * index}, frames: 40, tdi: 2, filters: [{filters}]}}\n")
        out = os.path.join(self.folder, name)
        subprocess.run([self.junocam, "simulate", scene, "-o", out], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return os.path.join(out, "frames"), os.path.join(out, "kernels", f"{name}.tm")

    def pipeline(self, name, frames, kernels, products):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(
                f"schema: 1\ntarget: IO\nframes: [{frames}]\nkernels: [{kernels}]\n"
                f"products:\n{products}output: out\ngallery: false\n")
        return path

    def map(self, name, width):
        return self.pipeline(
            name, self.frames, self.kernels,
            f"  - map: {{projection: simple-cylindrical, pixelsPerDegree: {width / 360!r}}}\n"
            "    formats: [png]\n")

    # What Pipelines/quick.yaml leaves out.
    QUICK = ("registration=none", "restoration=none", "flags=false",
             "calibration={blackLevel: masked, patternNoise: false, hotPixels: false, "
             "alignsColours: false, flatNoise: false}")

    def quick(self, job, **more):
        options = [word for setting in self.QUICK for word in ("--set", setting)]
        return self.measured(job, "--jobs", "2", *options, **more)

    def all(self):
        self.frames, self.kernels = self.simulated("scene", 1, "BLUE, GREEN, RED")
        job = self.map("map.yaml", 4096)
        plain = {"JUNOCAM_SIMD": "swift"}
        (ours, used), (whole, all_used), (scalar, scalar_used) = self.medians(
            lambda: self.quick(job), lambda: self.measured(job, "--jobs", "2"),
            lambda: self.quick(job, environment=plain))
        self.table.line(
            "15 360-line raw PNG -> 4096 x 2048 map, new process", ours, 0.4, "s", "less",
            note=f"as Pipelines/quick.yaml; {used:.2f} s of processor time")
        self.table.line("the same in full quality", whole, unit="s",
                        note=f"{all_used:.2f} s of processor time")
        self.table.line("the quick job by the scalar reference", scalar, unit="s",
                        note=f"{scalar_used:.2f} s of processor time")
        every = os.path.join(ROOT, "Pipelines", "io-flybys.yaml")
        (one, one_used), (two, two_used) = self.medians(
            lambda: self.measured(every, "--jobs", "1"),
            lambda: self.measured(every, "--jobs", "2"))
        self.table.line("run over the six sample images, 1 -> 2 threads", one / two, 1.7,
                        note=f"{one:.1f} s and {two:.1f} s; {one_used:.1f} and {two_used:.1f} s of "
                        "processor time")
        base, costs = 1440, []
        jobs = [self.map(f"map{f}.yaml", base * f) for f in (1, 2, 4)]
        tiny = self.map("tiny.yaml", 36)
        (_, start), *times = self.medians(
            *[lambda j=j: self.quick(j) for j in [tiny] + jobs])
        for factor, (_, seconds) in zip((1, 2, 4), times):
            costs.append((seconds - start) / (base * factor) ** 2 * 2)
            print(f"  {base * factor} x {base * factor // 2}: {seconds:.3f} s of processor time, "
                  f"{costs[-1] * 1e9:.1f} ns a pixel beyond a run of 36 x 18")
        for factor, cost in zip((4, 16), costs[1:]):
            self.table.line(f"cost per output pixel at {factor} times the map", cost / costs[0],
                            1.1, better="less")


    def memory(self):
        """Peaks of resident memory beside the limit; the bytes of products are the tests' business."""
        every = os.path.join(ROOT, "Pipelines", "io-flybys.yaml")
        frames, kernels = self.simulated("six", 6, "BLUE, GREEN, RED, METHANE")
        big = "{projection: simple-cylindrical, pixelsPerDegree: 32}"
        large = self.pipeline(
            "large.yaml", frames, kernels,
            f"  - mosaic: {big}\n    formats: [png16, png, jpeg]\n"
            f"  - map: {big}\n    formats: [png16]\n")
        few = self.pipeline(
            "few.yaml", os.path.join(frames, "*57C90010*-raw.png"), kernels,
            f"  - map: {big}\n    formats: [png16]\n")
        cases = [("the six sample images", every, []),
                 ("11520 x 5760, four bands, one image", few, []),
                 ("11520 x 5760, four bands, map and mosaic of six images", large, [])]
        for title, job, options in cases:
            wall, used, peak = self.measured(job, "--jobs", "2", *options)
            self.table.line(f"memory, {title}", peak, 1536, "MiB", "less",
                            note=f"{wall:.0f} s, {used:.0f} s of processor time")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--probe", required=True)
    parser.add_argument("--junocam")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", help="remap, geometry, calibrate, png, gdal, runs or memory")
    options = parser.parse_args()
    table = Table(options.rounds)
    probe = Probe(options.probe)
    print(f"OpenCV {cv2.__version__}, numpy {np.__version__}; instruction level "
          f"{probe.ask('level')}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; "
          f"medians of {options.rounds}")
    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        comparison = Comparison(probe, table, folder)
        parts = {name: getattr(comparison, name)
                 for name in ["remap", "geometry", "calibrate", "png", "gdal"]}
        if options.junocam:
            runs = Runs(os.path.abspath(options.junocam), table, folder)
            parts["runs"], parts["memory"] = runs.all, runs.memory
        for name, part in parts.items():
            if options.only in (None, name):
                part()
    print(f"load at the end {os.getloadavg()[0]:.1f}")
    print("all goals reached" if table.missed == 0 else f"{table.missed} goals missed")


main()
