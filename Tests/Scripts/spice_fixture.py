#!/usr/bin/env python3
"""Makes the small kernels of Tests/Fixtures/SPICE and the values that CSPICE computes from them.

Needs spiceypy. The motions and attitudes are invented; only their smoothness matters. Types that
CSPICE has no writer for (SPK 1 and 21) are packed here, big-endian, and read by CSPICE.

usage: spice_fixture.py [FOLDER]
"""
import json
import math
import os
import random
import struct
import sys

import spiceypy as sp

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "..", "Fixtures", "SPICE")
random.seed(20231230)
ET0 = 757_000_000.0

LSK = """KPL/LSK

Leap seconds and TDB - TDT, typed from the public definitions.

\\begindata
DELTET/DELTA_T_A = 32.184
DELTET/K = 1.657D-3
DELTET/EB = 1.671D-2
DELTET/M = ( 6.239996D0 1.99096871D-7 )
DELTET/DELTA_AT = ( 10, @1972-JAN-1, 11, @1972-JUL-1, 12, @1973-JAN-1, 13, @1974-JAN-1,
  14, @1975-JAN-1, 15, @1976-JAN-1, 16, @1977-JAN-1, 17, @1978-JAN-1, 18, @1979-JAN-1,
  19, @1980-JAN-1, 20, @1981-JUL-1, 21, @1982-JUL-1, 22, @1983-JUL-1, 23, @1985-JUL-1,
  24, @1988-JAN-1, 25, @1990-JAN-1, 26, @1991-JAN-1, 27, @1992-JUL-1, 28, @1993-JUL-1,
  29, @1994-JUL-1, 30, @1996-JAN-1, 31, @1997-JUL-1, 32, @1999-JAN-1, 33, @2006-JAN-1,
  34, @2009-JAN-1, 35, @2012-JUL-1, 36, @2015-JUL-1, 37, @2017-JAN-1 )
\\begintext
"""

SCLK = f"""KPL/SCLK

An invented clock of 1/256 s ticks with two partitions.

\\begindata
SCLK_KERNEL_ID = ( @2024-01-01/00:00:00.00 )
SCLK_DATA_TYPE_999 = ( 1 )
SCLK01_TIME_SYSTEM_999 = ( 2 )
SCLK01_N_FIELDS_999 = ( 2 )
SCLK01_MODULI_999 = ( 4294967296 256 )
SCLK01_OFFSETS_999 = ( 0 0 )
SCLK01_OUTPUT_DELIM_999 = ( 2 )
SCLK_PARTITION_START_999 = ( 0.0 2560.0 )
SCLK_PARTITION_END_999 = ( 1.28E+05 1.0995116277750E+12 )
SCLK01_COEFFICIENTS_999 = (
  0.0000000000000E+00 {ET0 - 1000!r} 1.0000001234000E+00
  1.2800000000000E+05 {ET0 - 499.5!r} 9.9999987500000E-01
  2.5600000000000E+05 {ET0 + 0.51!r} 1.0000003210000E+00 )
\\begintext
"""

FK = """KPL/FK

Invented frames: a spinning bus by attitude kernel, and four ways to fix a frame to it.

\\begindata
FRAME_TEST_BUS = -999000
FRAME_-999000_NAME = 'TEST_BUS'
FRAME_-999000_CLASS = 3
FRAME_-999000_CLASS_ID = -999000
FRAME_-999000_CENTER = -999
CK_-999000_SCLK = -999
CK_-999000_SPK = -999

FRAME_TEST_MATRIX = -999001
FRAME_-999001_NAME = 'TEST_MATRIX'
FRAME_-999001_CLASS = 4
FRAME_-999001_CLASS_ID = -999001
FRAME_-999001_CENTER = -999
TKFRAME_-999001_RELATIVE = 'TEST_BUS'
TKFRAME_-999001_SPEC = 'MATRIX'
TKFRAME_-999001_MATRIX = ( 0.36 0.48 -0.80 -0.8001 0.6 0.0 0.4799 0.64 0.6 )

FRAME_TEST_ANGLES = -999002
FRAME_-999002_NAME = 'TEST_ANGLES'
FRAME_-999002_CLASS = 4
FRAME_-999002_CLASS_ID = -999002
FRAME_-999002_CENTER = -999
TKFRAME_-999002_RELATIVE = 'TEST_MATRIX'
TKFRAME_-999002_SPEC = 'ANGLES'
TKFRAME_-999002_ANGLES = ( 0.69 -0.469 123.583 )
TKFRAME_-999002_AXES = ( 3 2 1 )
TKFRAME_-999002_UNITS = 'DEGREES'

FRAME_TEST_QUATERNION = -999003
FRAME_-999003_NAME = 'TEST_QUATERNION'
FRAME_-999003_CLASS = 4
FRAME_-999003_CLASS_ID = -999003
FRAME_-999003_CENTER = -999
TKFRAME_-999003_RELATIVE = 'TEST_ANGLES'
TKFRAME_-999003_SPEC = 'QUATERNION'
TKFRAME_-999003_Q = ( 0.5 0.1 -0.7 0.3 )

FRAME_TEST_ARC = -999004
FRAME_TEST_ARC_CLASS = 4
FRAME_TEST_ARC_CLASS_ID = -999004
FRAME_TEST_ARC_CENTER = 'TEST_CRAFT'
FRAME_-999004_NAME = 'TEST_ARC'
TKFRAME_TEST_ARC_RELATIVE = 'ECLIPJ2000'
TKFRAME_TEST_ARC_SPEC = 'ANGLES'
TKFRAME_TEST_ARC_ANGLES = ( 1234.5 -98765.4321 3.0D3 )
TKFRAME_TEST_ARC_AXES = ( 1 3 1 )
TKFRAME_TEST_ARC_UNITS = 'ARCSECONDS'

NAIF_BODY_NAME += ( 'TEST_CRAFT' 'Test Moon' )
NAIF_BODY_CODE += ( -999 -998 )
\\begintext
"""

PCK = """KPL/PCK

Invented constants: a planet with quadratic terms, a moon with its planet's angles, a moon whose
angles are quadratic.

\\begindata
BODY899_POLE_RA = ( 100.25 -0.031 0.0025 )
BODY899_POLE_DEC = ( 41.5 0.017 -0.0011 )
BODY899_PM = ( 12.5 541.1397757 1.2E-9 )
BODY899_RADII = ( 24764. 24764. 24341. )
BODY801_POLE_RA = ( 299.36 0. 0. )
BODY801_POLE_DEC = ( 41.17 )
BODY801_PM = ( 296.53 -61.2572637 )
BODY801_NUT_PREC_RA = ( 0. 0.70 0. 0.25 )
BODY801_NUT_PREC_DEC = ( 0. -0.51 0.125 )
BODY801_NUT_PREC_PM = ( 0. -0.48 0. 0. 0.031 )
BODY401_POLE_RA = ( 317.67071657 -0.10844326 )
BODY401_POLE_DEC = ( 52.88627266 -0.06134706 )
BODY401_PM = ( 35.18774440 1128.84475928 9.5361370E-09 )
BODY401_NUT_PREC_RA = ( -1.78428399 0.02212824 )
BODY401_NUT_PREC_DEC = ( -1.07516537 0.00668626 )
BODY401_NUT_PREC_PM = ( 1.42421769 0.00143 )
BODY4_MAX_PHASE_DEGREE = 2
BODY4_NUT_PREC_ANGLES = ( 190.72646643 15917.10818695 0 189.6327156 41215158.1842005 12.71192322 )
BODY8_NUT_PREC_ANGLES = ( 357.85 52.316 323.92 62606.6 220.51 55064.2 354.27 46564.5 75.31 26109.4 )
\\begintext
"""


def path(name):
    return os.path.join(FOLDER, name)


def fresh(name):
    if os.path.exists(path(name)):
        os.remove(path(name))
    return path(name)


def orbit(et):
    """A lopsided loop about the centre: state in km and km/s."""
    t = et - ET0
    w = 2 * math.pi / 9000
    p = [
        70000 * math.cos(w * t) + 900 * math.cos(5 * w * t),
        66000 * math.sin(w * t) - 400 * math.sin(3 * w * t),
        12000 * math.sin(w * t + 0.7),
    ]
    v = [
        -70000 * w * math.sin(w * t) - 4500 * w * math.sin(5 * w * t),
        66000 * w * math.cos(w * t) - 1200 * w * math.cos(3 * w * t),
        12000 * w * math.cos(w * t + 0.7),
    ]
    return p + v


def uneven(start, count, step):
    """Ascending epochs with steps that differ by up to half."""
    epochs = [start]
    while len(epochs) < count:
        epochs.append(epochs[-1] + step * (1 + 0.5 * (random.random() - 0.5)))
    return epochs


def daf(kind, segments, big_endian):
    """A DAF of one summary record: segments are (name, doubles, integers, words)."""
    e = ">" if big_endian else "<"
    head = struct.pack(
        e + "8sii60siii8s", kind.ljust(8).encode(), 2, 6, b"packed fixture".ljust(60), 2, 2, 0,
        b"BIG-IEEE" if big_endian else b"LTL-IEEE")
    head = head.ljust(699, b"\0") + b"FTPSTR:\r:\n:\r\n:\r\0:\x81:\x10\xce:ENDFTP"
    address = 3 * 128 + 1
    summary = struct.pack(e + "3d", 0, 0, len(segments))
    names = b""
    data = b""
    for name, doubles, integers, words in segments:
        summary += struct.pack(
            e + "2d6i", *doubles, *integers, address, address + len(words) - 1)
        names += name.encode().ljust(40)
        data += struct.pack(f"{e}{len(words)}d", *words)
        address += len(words)
    head = head[:84] + struct.pack(e + "i", address) + head[88:]
    out = head.ljust(1024, b"\0") + summary.ljust(1024, b"\0") + names.ljust(1024)
    out += data
    return out.ljust((len(out) + 1023) // 1024 * 1024, b"\0")


def difference_record(start, final, order, terms):
    """One modified difference array: any finite numbers make a valid one."""
    steps = [(final - start) * (0.4 + 0.35 * i) for i in range(order)]
    state = orbit(start)
    words = [start] + steps
    for axis in range(3):
        words += [state[axis], state[axis + 3]]
    for axis in range(3):
        words += [
            (random.random() - 0.5) * 3e-2 * 0.35**term if term < terms[axis] else 0.0
            for term in range(order)
        ]
    return words + [float(max(terms) + 1)] + [float(t) for t in terms]


def difference_segment(kind, count, order):
    epochs = uneven(ET0, count + 1, 60)
    words = []
    for index in range(count):
        terms = [random.randint(4, min(order - 2, 13)) for _ in range(3)]
        words += difference_record(epochs[index], epochs[index + 1], order, terms)
    finals = epochs[1:]
    words += finals + finals[99:len(finals):100]
    words += [float(count)] if kind == 1 else [float(order), float(count)]
    return (epochs[0], finals[-1]), words


def chebyshev(count, terms, sets):
    records = []
    for _ in range(count):
        record = []
        for axis in range(sets):
            record += [
                (random.random() - 0.5) * (5e4 if axis < 3 else 20) * 0.4**k for k in range(terms)
            ]
        records.append(record)
    return records


def make_spk():
    # Types 9 and 13, odd and even windows, with and without directories.
    handle = sp.spkopn(fresh("states.bsp"), "states of types 9 and 13", 0)
    bodies = {}
    for body, kind, degree, count in [
        (-901, 9, 1, 5), (-902, 9, 6, 130), (-903, 9, 7, 101), (-904, 13, 1, 4),
        (-905, 13, 7, 130), (-906, 13, 13, 30),
    ]:
        epochs = uneven(ET0, count, 40)
        states = [orbit(t) for t in epochs]
        write = sp.spkw09 if kind == 9 else sp.spkw13
        write(handle, body, 899, "J2000", epochs[0], epochs[-1], f"type {kind} degree {degree}",
              degree, count, states, epochs)
        bodies[body] = (epochs[0], epochs[-1], epochs)
    sp.spkcls(handle)

    # Types 2 and 3: a planet, a moon and an observer for light-time tests.
    handle = sp.spkopn(fresh("series.bsp"), "series of types 2 and 3", 0)
    span = 4000.0
    for body, center, scale in [(899, 0, 6e4), (10, 0, 10), (-999, 0, 6.1e4)]:
        records = []
        for _ in range(4):
            record = []
            for axis in range(3):
                record += [scale * 1e3 * (axis + 1)] + [
                    (random.random() - 0.5) * scale * 0.5**k for k in range(7)]
            records.append(record)
        sp.spkw02(handle, body, center, "J2000", ET0 - 4000, ET0 + 12000, f"type 2 body {body}",
                  span, 4, 7, sum(records, []), ET0 - 4000)
        bodies[body] = (ET0 - 4000, ET0 + 12000, [ET0])
    sp.spkw03(handle, 801, 899, "ECLIPJ2000", ET0, ET0 + 8000, "type 3 in the ecliptic", 2000.0,
              4, 9, sum(chebyshev(4, 10, 6), []), ET0)
    bodies[801] = (ET0, ET0 + 8000, [ET0 + 2000])
    sp.spkcls(handle)

    segments = []
    for body, kind, count, order in [(-911, 1, 3, 15), (-912, 1, 8, 15)]:
        bounds, words = difference_segment(kind, count, order)
        segments.append((f"type {kind}", bounds, (body, 899, 1, kind), words))
        bodies[body] = bounds + ([bounds[0]],)
    for body, count, order in [(-921, 4, 15), (-922, 5, 25)]:
        bounds, words = difference_segment(21, count, order)
        segments.append((f"type 21 order {order}", bounds, (body, 899, 17, 21), words))
        bodies[body] = bounds + ([bounds[0]],)
    with open(path("differences.bsp"), "wb") as file:
        file.write(daf("DAF/SPK", segments, big_endian=True))
    return bodies


def attitude(et):
    """Rotation J2000 to the bus: a spin of two turns per minute with a slow wobble."""
    t = et - ET0
    return sp.eul2m(0.2045 * t, 0.7 + 0.002 * math.sin(0.01 * t), 1.1 + 1e-4 * t, 3, 1, 3)


def make_ck():
    handle = sp.ckopn(fresh("attitude.bc"), "attitudes of types 2 and 3", 0)
    ticks = [300000.0 + 256 * k for k in range(60)] + [330000.0 + 300 * k for k in range(45)]
    quats, rates = [], []
    for tick in ticks:
        et = sp.sct2e(-999, tick)
        quats.append(sp.m2q(attitude(et)) * random.choice([1, -1]))
        rates.append([0.2 + 0.001 * random.random(), 0.01 * random.random(), 0.03])
    sp.ckw03(handle, ticks[0], ticks[-1], -999000, "J2000", True, "type 3 with rates",
             len(ticks), ticks, quats, rates, 2, [ticks[0], ticks[60]])
    more = [400000.0 + 200 * k for k in range(12)]
    q = [sp.m2q(attitude(sp.sct2e(-999, t))) for t in more]
    sp.ckw03(handle, more[0], more[-1], -999000, "ECLIPJ2000", False, "type 3 without rates",
             len(more), more, q, [[0, 0, 0]] * len(more), 1, [more[0]])
    start = [500000.0 + 3000 * k for k in range(9)]
    stop = [t + (2500 if k % 2 else 3000) for k, t in enumerate(start)]
    q = [sp.m2q(attitude(sp.sct2e(-999, t))) for t in start]
    sp.ckw02(handle, start[0], stop[-1], -999000, "J2000", "type 2", len(start), start, stop, q,
             [[0.05 * (k - 4), 0.01, -0.02] for k in range(9)], [1 / 256] * 9)
    # Pieces of the same instrument, one inside the gap of another one.
    sp.ckcls(handle)
    return ticks, more, start, stop


def epochs_in(start, stop, knots, count):
    result = [start, stop] + [k for k in knots[1:3] if start <= k <= stop]
    while len(result) < count:
        result.append(start + (stop - start) * random.random())
    return result


def main():
    os.makedirs(FOLDER, exist_ok=True)
    for name, text in [
        ("test.tls", LSK), ("test.tsc", SCLK), ("test.tf", FK), ("test.tpc", PCK)]:
        with open(path(name), "w") as file:
            file.write(text)
        sp.furnsh(path(name))
    bodies = make_spk()
    ticks, more, start, stop = make_ck()
    for name in ["states.bsp", "series.bsp", "differences.bsp", "attitude.bc"]:
        sp.furnsh(path(name))
    golden = {"toolkit": sp.tkvrsn("TOOLKIT"), "segments": [], "states": [], "attitudes": [],
              "rotations": [], "clock": []}
    for body, (low, high, knots) in bodies.items():
        center = 899 if body not in (899, 10, -999) else 0
        for et in epochs_in(low, high, knots, 9):
            state, lt = sp.spkgeo(body, et, "J2000", center)
            golden["segments"].append(
                {"body": body, "center": center, "et": et, "state": list(state), "lt": lt})
    for correction in ["NONE", "LT", "LT+S", "CN", "CN+S"]:
        for frame in ["J2000", "ECLIPJ2000", "IAU_NEPTUNE", "IAU_TRITON", "TEST_ARC"]:
            for target, observer in [(801, -999), (899, -999), (-999, 801), (10, -999)]:
                et = ET0 + 3000 + 4000 * random.random()
                state, lt = sp.spkez(target, et, frame, correction, observer)
                golden["states"].append(
                    {"target": target, "observer": observer, "frame": frame, "et": et,
                     "correction": correction, "state": list(state), "lt": lt})
    tags = ticks[:2] + [ticks[59], ticks[59] + 1, ticks[60] - 1, ticks[60], ticks[-1]]
    tags += [ticks[0] - 1, ticks[-1] + 1, more[0], more[-1] + 0.5, stop[1], stop[1] + 1, start[2]]
    tags += [random.uniform(ticks[0], ticks[-1]) for _ in range(25)]
    tags += [random.uniform(more[0], more[-1]) for _ in range(6)]
    tags += [random.uniform(start[0], stop[-1]) for _ in range(15)]
    for tick in tags:
        entry = {"tick": tick, "et": sp.sct2e(-999, tick)}
        for key, call in [("ckgp", sp.ckgp), ("ckgpav", sp.ckgpav)]:
            try:
                out = call(-999000, tick, 0.0, "J2000")
                entry[key] = {"matrix": [list(r) for r in out[0]]}
                if key == "ckgpav":
                    entry[key]["rate"] = list(out[1])
            except sp.NotFoundError:
                entry[key] = None
        golden["attitudes"].append(entry)
    # Frames through the attitude are asked for at epochs well inside it.
    spins = [sp.sct2e(-999, t) for t in (302345.678, 333333.25, 520000.5)]
    pairs = [("J2000", "TEST_BUS"), ("TEST_QUATERNION", "IAU_TRITON"), ("TEST_ARC", "TEST_ANGLES"),
             ("GALACTIC", "IAU_NEPTUNE"), ("B1950", "FK4"), ("MARSIAU", "DE-143"),
             ("TEST_MATRIX", "TEST_QUATERNION"), ("ECLIPB1950", "TEST_BUS"),
             ("J2000", "IAU_PHOBOS")]
    for et in spins:
        for a, b in pairs:
            transform = sp.sxform(a, b, et)
            golden["rotations"].append(
                {"from": a, "to": b, "et": et, "matrix": [list(r) for r in sp.pxform(a, b, et)],
                 "derivative": [list(r[:3]) for r in transform[3:]]})
    for text in ["1/0:0", "1/499:255", "2/10:0", "2/0000123456:007", "100.5", "2/77", "321-8"]:
        tick = sp.scencd(-999, text)
        golden["clock"].append(
            {"text": text, "ticks": tick, "et": sp.sct2e(-999, tick), "back": sp.scdecd(-999, tick),
             "again": sp.sce2c(-999, sp.sct2e(-999, tick))})
    with open(path("golden.json"), "w") as file:
        json.dump(golden, file, indent=0, separators=(",", ":"))


if __name__ == "__main__":
    main()
