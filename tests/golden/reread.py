#!/usr/bin/env python3
"""Reads every recorded card again and compares with its golden.

Shares no code with accel: a mistake would have to be made twice, in two languages. It reads the
files of a capture itself (reread_VENDOR.py) and must come to the same values, no more and no fewer.

    ACCEL_CAPTURES=DIR tests/golden/reread.py
"""
import importlib
import json
import math
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77


def text(path):
    """The file's text without blanks and NULs at its end, or None."""
    try:
        return path.read_bytes().decode("utf-8", "replace").rstrip(" \t\r\n\0")
    except OSError:
        return None


def number(path, scale=1):
    try:
        return int(text(path)) * scale
    except (TypeError, ValueError):
        return None


def uevent(device):
    lines = (text(device / "uevent") or "").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


GENERATIONS = {2.5: (1, 0.8), 5: (2, 0.8), 8: (3, 128 / 130), 16: (4, 128 / 130), 32: (5, 128 / 130)}


def link(device):
    """Speed in transfers per second and width, each for now and at most, where they are given."""
    found = {}
    for end, limit in (("current", ""), ("max", "_max")):
        speed = text(device / f"{end}_link_speed")
        if speed and not speed.startswith("Unknown"):
            found["speed" + limit] = round(float(speed.split()[0]) * 1e9)
        width = number(device / f"{end}_link_width")
        if width:
            found["width" + limit] = width
    return found


def bus_readings(device):
    """What any PCI function gives. No capture holds the bridges above, so the slot is the card."""
    found = {}
    for name, value in link(device).items():
        found["pcie_" + name] = value
        found["pcie_slot_" + name] = value
    for key, file, total in (("corrected", "correctable", "COR"), ("nonfatal", "nonfatal", "NONFATAL"),
                             ("fatal", "fatal", "FATAL")):
        for line in (text(device / f"aer_dev_{file}") or "").splitlines():
            if line.startswith(f"TOTAL_ERR_{total} "):
                found["pcie_errors_" + key] = int(line.split()[1])
    return found


def bus_identity(device):
    keys = uevent(device)
    vendor, model = (int(part, 16) for part in keys["PCI_ID"].split(":"))
    subsystem = [int(part, 16) for part in keys["PCI_SUBSYS_ID"].split(":")]
    revision = int(text(device / "revision") or "0", 16)
    found = {
        "driver": keys["DRIVER"],
        "pci_address": keys["PCI_SLOT_NAME"],
        "pci_ids": [vendor, model, *subsystem, int(keys["PCI_CLASS"], 16), revision],
        "bus_type": "pcie",
    }
    numa = number(device / "numa_node")
    if numa is not None and numa >= 0:
        found["numa_node"] = numa
    ends = link(device)
    if "speed_max" in ends:
        generation, efficiency = GENERATIONS[ends["speed_max"] / 1e9]
        found["pcie_gen"] = generation
        if "width_max" in ends:
            per_lane = ends["speed_max"] * efficiency / 8
            found["bandwidth_gbps"] = 2 * per_lane * ends["width_max"] / 1e9
    return found


def same(one, other):
    if isinstance(one, float) or isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    return one == other


def compare(where, ours, theirs):
    """`ours` is what was read here, `theirs` the golden's."""
    problems = []
    for key in sorted(ours.keys() | theirs.keys()):
        if key not in theirs:
            problems.append(f"{where} {key}: the golden lacks {ours[key]!r}")
        elif key not in ours:
            problems.append(f"{where} {key}: nothing here gives {theirs[key]!r}")
        elif not same(ours[key], theirs[key]):
            problems.append(f"{where} {key}: {ours[key]!r} here, {theirs[key]!r} in the golden")
    return problems


def with_values(fields):
    """Of an object of readings and plain values, those that are there."""
    return {key: field["value"] if isinstance(field, dict) and "value" in field else field
            for key, field in fields.items()
            if not (isinstance(field, dict) and ("status" in field or key == "extra"))}


def check(capture, vendor):
    golden = json.loads((HERE / vendor.NAME / f"{capture.name}.json").read_text())
    card = next(entry for entry in sorted(capture.iterdir()) if entry.name.startswith("card"))
    where = f"{vendor.NAME}/{capture.name}"
    if len(golden["devices"]) != 1:
        return [f"{where}: {len(golden['devices'])} devices, and the capture is of one"], 0
    device = golden["devices"][0]
    readings = bus_readings(card / "device") | vendor.readings(card, capture / "kfd")
    identity = bus_identity(card / "device") | vendor.identity(card, capture / "kfd")
    theirs = with_values(device["identity"])
    # What follows from there being one device, and not from its files.
    for key in ("global_index", "partition", "parent", "state_reason"):
        theirs.pop(key)
    problems = compare(where, readings, with_values(device["readings"]))
    problems += compare(where, identity, theirs)
    problems += compare(f"{where} extra", vendor.extra(card, capture / "kfd"),
                        device["identity"]["extra"])
    return problems, len(readings) + len(identity)


def main():
    root = os.environ.get("ACCEL_CAPTURES")
    if root is None:
        print("ACCEL_CAPTURES is not set")
        return SKIPPED
    sys.path.insert(0, str(HERE))
    problems, values, cards = [], 0, 0
    for folder in sorted(entry for entry in pathlib.Path(root).iterdir() if entry.is_dir()):
        vendor = importlib.import_module(f"reread_{folder.name}")
        for capture in sorted(entry for entry in folder.iterdir() if entry.is_dir()):
            found, count = check(capture, vendor)
            problems += found
            values += count
            cards += 1
    print("\n".join(problems) or f"{cards} cards, {values} values: the same")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
