#!/usr/bin/env python3
"""Times this project's kernel library beside CSPICE: the same calls, the same epochs, one run.

usage: speed.py --probe PROGRAM [--data FOLDER] [--calls N] [--gigabytes G]

CSPICE is called through spiceypy's compiled loops (`cyice`), which add little to its own time. Also
opens a large ephemeris and a large attitude file, made for the purpose as sparse files, and states
the time and the memory that it takes.
"""
import argparse
import os
import struct
import tempfile
import time

from crosscheck import HERE, Probe, ck_windows, find_data, load, sp
import numpy as np
from spiceypy.cyice import cyice

ET0 = 757_000_000.0


def resident(probe):
    with open(f"/proc/{probe.process.pid}/status") as file:
        fields = dict(line.split(":", 1) for line in file if ":" in line)
    return int(fields["VmRSS"].split()[0]) / 1024


def sparse_daf(path, kind, segments):
    """Segments are (doubles, integers, word count, {word: value}); all other words are zero."""
    head = struct.pack("<8sii60s", kind.ljust(8).encode(), 2, 6, b"speed".ljust(60))
    pairs = (len(segments) + 24) // 25
    address = (1 + 2 * pairs) * 128 + 1
    with open(path, "wb") as file:
        end = address + sum(s[2] for s in segments)
        head += struct.pack("<iii8s", 2, 2 * pairs, end, b"LTL-IEEE")
        head = head.ljust(699, b"\0") + b"FTPSTR:\r:\n:\r\n:\r\0:\x81:\x10\xce:ENDFTP"
        file.write(head.ljust(1024, b"\0"))
        for pair in range(pairs):
            part = segments[25 * pair:25 * pair + 25]
            record = 2 + 2 * pair
            summary = struct.pack(
                "<3d", record + 2 if pair + 1 < pairs else 0, record - 2 if pair else 0, len(part))
            for doubles, integers, count, values in part:
                summary += struct.pack(
                    "<2d6i", *doubles, *integers, address, address + count - 1)
                here = file.tell()
                for word, value in values.items():
                    file.seek((address - 1 + word) * 8)
                    file.write(np.asarray(value, dtype="<f8").tobytes())
                file.seek(here)
                address += count
            file.write(summary.ljust(1024, b"\0") + b"speed".ljust(40) * len(part))
            file.seek((record + 1) * 1024)
        file.truncate((end * 8 + 1023) // 1024 * 1024)


def large_ephemeris(path, gigabytes):
    """Type 2 in 40 segments; the words in the middle of each are all zero but one record."""
    segments = []
    per_segment = int(gigabytes * 1e9 / 8 / 40)
    words = 2 + 3 * 14
    count = (per_segment - 4) // words
    for body in range(40):
        middle = count // 2
        record = [ET0 + (middle + 0.5) * 100, 50.0] + [1e5, 2e4, 30.0] + [0] * (3 * 14 - 3)
        segments.append((
            (ET0, ET0 + 100 * count), (10001 + body, 0, 1, 2), count * words + 4,
            {middle * words: record, count * words: [ET0, 100.0, words, count]}))
    sparse_daf(path, "DAF/SPK", segments)
    return 10001 + 39, ET0 + (count // 2 + 0.5) * 100


def large_attitude(path, megabytes):
    """One week or more of a type 3 CK, one instance a second, all of it real."""
    count = int(megabytes * 1e6 / 8 / 8)
    ticks = 300000.0 + 256 * np.arange(count)
    angle = 0.5 * 0.2045 * ticks / 256
    records = np.zeros((count, 7))
    records[:, 0], records[:, 3], records[:, 6] = np.cos(angle), np.sin(angle), 0.2045
    words = np.concatenate([
        records.ravel(), ticks, ticks[99:count - 1:100], [ticks[0]], [1.0, float(count)]])
    sparse_daf(path, "DAF/CK", [
        ((ticks[0], ticks[-1]), (-999000, 1, 3, 1), len(words), {0: words})])
    return ticks[count // 3]


def row(name, ours, theirs, speedup):
    print(f"{name:46} {ours:9.0f} {theirs:9.0f} {theirs / ours:6.1f} {60e3 / ours:11.0f} "
          f"{speedup:6.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--probe", required=True)
    parser.add_argument("--data", default=os.environ.get("JUNOCAM_DATA"))
    parser.add_argument("--calls", type=int, default=200_000)
    parser.add_argument("--gigabytes", type=float, default=1.0)
    options = parser.parse_args()
    data = find_data(options.data)
    probe = Probe(options.probe)
    if data:
        kernels = [os.path.join(data, "kernels", n) for n in (
            "naif0012.tls", "jno_sclkscet_00090.tsc", "juno_v12.tf", "pck00010.tpc",
            "spk_pre_220614_221109_220810_jm0450.bsp",
            "juno_sc_rec_160821_160827_v01_1_sliced_-61000.bc")]
        load(probe, kernels)
        print(f"{'call':46} {'ns':>9} {'CSPICE ns':>9} {'times':>6} {'million/min':>11} "
              "and speed-up on 2 threads")
        orbit = (sp.str2et("2022-07-01"), sp.str2et("2022-10-01"))
        spin = ck_windows(kernels[-1:], -61000)[0]
        for name, span, question, call in [
            ("state, Juno from Jupiter barycentre", orbit,
             dict(what="state", target=-61, observer=5, frame="J2000", correction="NONE"),
             lambda t: cyice.spkez_v(-61, t, "J2000", "NONE", 5)),
            ("state, Jupiter from Juno, IAU_JUPITER, LT+S", orbit,
             dict(what="state", target=599, observer=-61, frame="IAU_JUPITER", correction="LT+S"),
             lambda t: cyice.spkez_v(599, t, "IAU_JUPITER", "LT+S", -61)),
            ("rotation, J2000 to IAU_IO", orbit,
             {"what": "rotation", "from": "J2000", "to": "IAU_IO"},
             lambda t: cyice.pxform_v("J2000", "IAU_IO", t)),
            ("rotation, J2000 to JUNO_JUNOCAM (CK)", spin,
             {"what": "rotation", "from": "J2000", "to": "JUNO_JUNOCAM"},
             lambda t: cyice.pxform_v("J2000", "JUNO_JUNOCAM", t)),
            ("rotation, JUNO_JUNOCAM to IAU_JUPITER", spin,
             {"what": "rotation", "from": "JUNO_JUNOCAM", "to": "IAU_JUPITER"},
             lambda t: cyice.pxform_v("JUNO_JUNOCAM", "IAU_JUPITER", t)),
        ]:
            epochs = np.random.default_rng(57).uniform(*span, options.calls // 4)
            started = time.process_time()
            call(epochs)
            theirs = (time.process_time() - started) / len(epochs) * 1e9
            answers = {}
            for threads in (1, 2):
                answer = probe.ask(
                    "speed", start=span[0], stop=span[1], calls=options.calls, threads=threads,
                    **question)
                if isinstance(answer, str):
                    raise SystemExit(answer)
                answers[threads] = answer
            # CPU time of one thread; speed-up by wall-clock time.
            row(name, answers[1][0], theirs,
                answers[1][1] / answers[2][1])
    fixtures = os.path.join(HERE, "..", "Fixtures", "SPICE")
    text = [os.path.join(fixtures, n) for n in ("test.tls", "test.tsc", "test.tf")]
    with tempfile.TemporaryDirectory(prefix="speed-") as folder:
        ephemeris = os.path.join(folder, "large.bsp")
        attitude = os.path.join(folder, "large.bc")
        body, et = large_ephemeris(ephemeris, options.gigabytes)
        tick = large_attitude(attitude, 100)
        sp.kclear()
        for path in text:
            sp.furnsh(path)
        epoch = sp.sct2e(-999, float(tick))
        for path, question in [
            (ephemeris, dict(op="state", target=body, observer=0, frame="J2000", et=et,
                             correction="NONE")),
            (attitude, {"op": "rotation", "from": "J2000", "to": "TEST_BUS", "et": epoch}),
        ]:
            probe = Probe(options.probe)
            probe.ask("load", paths=text)
            before = resident(probe)
            started = time.perf_counter()
            probe.ask("load", paths=text + [path])
            opened = time.perf_counter() - started
            answer = probe.ask_all([question])[0]
            if isinstance(answer, str):
                raise SystemExit(answer)
            print(f"opening {os.path.getsize(path) / 1e6:.0f} MB {os.path.basename(path)} with three "
                  f"text kernels: {opened * 1e3:.1f} ms, {resident(probe) - before:.1f} MB more "
                  f"resident after a lookup, {resident(probe):.1f} MB in all")


if __name__ == "__main__":
    main()
