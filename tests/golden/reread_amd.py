"""An AMD card read again: see reread.py."""
import re
import struct

from reread import number, text, uevent

NAME = "amd"


class Card:
    """A capture's files, and its metrics table by offset (kgd_pp_interface.h)."""

    def __init__(self, card):
        self.device = card / "device"
        folders = sorted((self.device / "hwmon").glob("hwmon*"))
        self.hwmon = next((one for one in folders if text(one / "name") == "amdgpu"), None)
        try:
            self.table = (self.device / "gpu_metrics").read_bytes()
        except OSError:
            self.table = b""
        self.revision = tuple(self.table[2:4]) if len(self.table) >= 4 else None

    def file(self, name, scale=1):
        return number(self.device / name, scale)

    def sensor(self, name, scale=1):
        return number(self.hwmon / name, scale) if self.hwmon else None

    def labelled(self, kind, label, file, scale=1):
        """The sensor of that kind whose label says so."""
        for found in sorted(self.hwmon.glob(f"{kind}*_label")) if self.hwmon else []:
            if text(found) == label:
                return self.sensor(found.name.replace("_label", "_" + file), scale)
        return None

    def field(self, offset, form="<H"):
        """A number of the table; None where every bit is set."""
        value, = struct.unpack_from(form, self.table, offset)
        return None if value == 2 ** (8 * struct.calcsize(form)) - 1 else value

    def levels(self, name):
        """(number or S, clock, active) of each row."""
        rows = re.findall(r"^(S|\d+): (\d+)Mhz ?(\*)?\s*$", text(self.device / name) or "",
                          re.MULTILINE)
        return [(label, int(clock) * 10**6, bool(mark)) for label, clock, mark in rows]


def first(*values):
    return next((value for value in values if value is not None), None)


# Revisions of which captures exist: 1.3 (cards) and 2.1 (chips with a CPU).
CARD = (1, 3)
APU = (2, 1)


def scaled(value, scale):
    return None if value is None else value * scale


def temperatures(card):
    found = {}
    on_card = card.revision == CARD
    at = lambda offset: scaled(card.field(offset), 1000) if on_card else None
    edge, junction, memory = (card.labelled("temp", label, "input")
                              for label in ("edge", "junction", "mem"))
    found["temperature"] = first(edge, at(4))
    found["temperature_hotspot"] = first(junction, at(6))
    found["temperature_memory"] = first(memory or None, at(8))
    found["temperature_vr_graphics"] = at(10)
    found["temperature_vr_soc"] = at(12)
    found["temperature_vr_memory"] = at(14)
    if on_card:
        for stack in range(4):
            found[f"temperature_hbm.{stack}"] = at(88 + 2 * stack)
    if card.revision == APU:
        found["temperature_soc"] = scaled(card.field(6), 10)
    for key, label, file in (
            ("critical", "edge", "crit"), ("shutdown", "edge", "emergency"),
            ("hotspot", "junction", "crit"), ("hotspot_shutdown", "junction", "emergency"),
            ("memory", "mem", "crit"), ("memory_shutdown", "mem", "emergency")):
        found["temperature_limit_" + key] = card.labelled("temp", label, file)
    return found


def power(card):
    average, instant = card.sensor("power1_average"), card.sensor("power1_input")
    return {
        "power": first(average, instant),
        "power_average": average,
        "power_instant": instant,
        "power_limit": card.sensor("power1_cap"),
        "power_limit_default": card.sensor("power1_cap_default"),
        "power_limit_min": card.sensor("power1_cap_min") or None,
        "power_limit_max": card.sensor("power1_cap_max"),
        "power_limit_fast": card.sensor("power2_cap"),
    }


def clocks(card):
    found = {}
    current = {CARD: {"graphics": 54, "soc": 56, "memory": 58, "video": 60},
               APU: {"graphics": 76, "soc": 78, "memory": 80, "fabric": 82, "video": 84}}
    sensors = {"graphics": "sclk", "memory": "mclk"}
    files = {"graphics": "sclk", "memory": "mclk", "video": "vclk", "soc": "socclk",
             "fabric": "fclk"}
    for domain, file in files.items():
        levels = card.levels("pp_dpm_" + file)
        active = {clock for _, clock, mark in levels if mark}
        offset = current.get(card.revision, {}).get(domain)
        found["clock_" + domain] = first(
            card.labelled("freq", sensors.get(domain, ""), "input"),
            active.pop() if len(active) == 1 else None,
            scaled(card.field(offset), 10**6) if offset else None)
        asleep = any(label == "S" for label, _, _ in levels)
        highest = max((clock for _, clock, _ in levels), default=0)
        found[f"clock_{domain}_max"] = highest if highest and not asleep else None
    return found


def voltages(card):
    on_card = card.revision == CARD
    found = {
        "voltage": first(card.labelled("in", "vddgfx", "input", 1000),
                         scaled(card.field(106), 1000) if on_card else None),
        "voltage_soc": scaled(card.field(104), 1000) if on_card else None,
        "voltage_memory": scaled(card.field(108), 1000) if on_card else None,
        "voltage_northbridge": card.labelled("in", "vddnb", "input", 1000),
        "voltage_board": card.labelled("in", "vddboard", "input", 1000),
    }
    table = (text(card.device / "pp_od_clk_voltage") or "").replace("\0", "")
    offset = re.search(r"OD_VDDGFX_OFFSET:\s*(-?\d+)mV", table)
    found["voltage_offset"] = int(offset[1]) * 1000 if offset else None
    return found


def fans(card):
    duty = card.sensor("pwm1")
    curve = text(card.device / "gpu_od/fan_ctrl/fan_curve")
    mode = {0: "manual", 1: "manual", 2: "automatic"}.get(card.sensor("pwm1_enable"))
    if curve is not None:
        points = re.findall(r"^\d: (\d+)C (\d+)%", curve.replace("\0", ""), re.MULTILINE)
        if any(int(part) for point in points for part in point):
            mode = "curve"
        mode = mode or "automatic"
    return {"fan_speed.0": scaled(duty, 1 / 255), "fan_rpm.0": card.sensor("fan1_input"),
            "fan_policy.0": mode}


def throttling(card):
    offset = 112 if card.revision == CARD else None
    if offset is None:
        return {}
    mask = card.field(offset, "<Q")
    assert mask == 0, "no capture has a limiter at work: teach this file their names"
    return {"throttle": [], "throttle_raw": []}


def readings(folder, _kfd):
    card = Card(folder)
    busy = card.file("gpu_busy_percent")
    media = card.file("vcn_busy_percent")
    if media is None and card.revision == CARD:
        media = card.field(20)
    total, used = card.file("mem_info_vram_total"), card.file("mem_info_vram_used")
    found = {
        "utilization": scaled(busy, 0.01),
        "utilization_memory_controller": scaled(
            first(card.file("mem_busy_percent"), card.field(18) if card.revision == CARD else None),
            0.01),
        "utilization_media": scaled(media, 0.01),
        "memory_total": total,
        "memory_used": used,
        "memory_free": total - used if total is not None and used is not None else None,
        "power_state": None if busy is None else "Active" if busy > 10 else "Idle",
        "performance_level": text(card.device / "power_dpm_force_performance_level"),
        "pcie_replays": card.file("pcie_replay_count"),
    }
    for kind, name in (("visible", "vis_vram"), ("gtt", "gtt")):
        for part in ("total", "used"):
            found[f"memory_{kind}_{part}"] = card.file(f"mem_info_{name}_{part}")
    for topic in (temperatures, power, clocks, voltages, fans, throttling):
        found |= topic(card)
    return {key: value for key, value in found.items() if value is not None}


def node_of(card, kfd):
    """The properties of the compute node at the card's address."""
    bus, device, function = re.match(r"\w+:(\w+):(\w+)\.(\w)",
                                     uevent(card / "device")["PCI_SLOT_NAME"]).groups()
    place = int(bus, 16) << 8 | int(device, 16) << 3 | int(function, 16)
    for file in sorted(kfd.glob("topology/nodes/*/properties")):
        values = dict(line.split() for line in file.read_text().splitlines())
        if values["location_id"] == str(place):
            return values | {"gpu_id": text(file.parent / "gpu_id"), "folder": file.parent}
    return None


def identity(folder, kfd):
    card = Card(folder)
    found = {"vendor": "AMD", "device_type": "gpu", "state": "ok", "device_nodes": []}
    number_of_chip = text(card.device / "unique_id")
    found["uuid"] = ("GPU-" + number_of_chip if number_of_chip
                     else "PCI-" + uevent(card.device)["PCI_SLOT_NAME"])
    for key, file in (("firmware_version", "vbios_version"), ("serial", "serial_number"),
                      ("model", "product_name")):
        if text(card.device / file):
            found[key] = text(card.device / file)
    if card.file("mem_info_vram_total") is not None:
        found["memory"] = card.file("mem_info_vram_total")
    rails = [text(label) for label in card.hwmon.glob("in*_label")]
    found["gpu_type"] = "integrated" if "vddnb" in rails else "discrete"
    node = node_of(folder, kfd)
    if node:
        version = int(node["gfx_target_version"])
        found["compute_capability"] = (f"gfx{version // 10000}{version // 100 % 100:x}"
                                       f"{version % 100:x}")
    return found


def extra(folder, kfd):
    device = folder / "device"
    found = {}
    for key, file in (("board_part_number", "product_number"), ("manufacturer", "manufacturer"),
                      ("fru_id", "fru_id"), ("memory_vendor", "mem_info_vram_vendor"),
                      ("vbios_build", "vbios_build")):
        if text(device / file) not in (None, "", "unknown"):
            found[key] = text(device / file)
    for file in (device / "fw_version").glob("*_fw_version"):
        version = text(file)
        if version and int(version, 16):
            found["firmware_" + file.name.removesuffix("_fw_version")] = version
    node = node_of(folder, kfd)
    if node:
        found["compute_units"] = int(node["simd_count"]) // int(node["simd_per_cu"])
        found["kfd_gpu_id"] = int(node["gpu_id"])
        for bank in node["folder"].glob("mem_banks/*/properties"):
            values = dict(line.split() for line in bank.read_text().splitlines())
            if values["heap_type"] in ("1", "2") and int(values["width"]):
                found["memory_bus_bits"] = int(values["width"])
    return found
