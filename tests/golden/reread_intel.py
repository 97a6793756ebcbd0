"""The raw files of recorded Intel GPUs, by what the kernel's documents say of them."""
import re

from reread import number, text, uevent

NAME = "intel"

# include/drm/intel/pciids.h and Intel's own list of names.
MODELS = {
    "56A5": ("Intel Arc A380 Graphics", "Alchemist", "discrete"),
    "E20B": ("Intel Arc B580 Graphics", "Battlemage", "discrete"),
    "9A49": ("Intel Iris Xe Graphics", "Tiger Lake", "integrated"),
}
RAW_ORDER = ("thermal", "prochot", "ratl", "vr_thermalert", "pl1", "pl2", "pl4", "vr_tdc")
NORMALISED = {"thermal": "thermal", "prochot": "thermal", "ratl": "thermal",
              "vr_thermalert": "thermal", "pl1": "power_limit", "pl2": "power_limit",
              "pl4": "power_limit", "vr_tdc": "current_limit"}


def model(card):
    return MODELS[uevent(card / "device")["PCI_ID"].split(":")[1]]


def put(found, key, value):
    if value is not None:
        found[key] = value


def hwmon_of(card, driver):
    for folder in sorted((card / "device/hwmon").glob("hwmon*")):
        if text(folder / "name") == driver:
            return folder
    return None


def temperatures(hwmon, driver):
    found = {}
    for file in hwmon.glob("temp*_input"):
        stem = file.name[:-len("_input")]
        label = text(hwmon / f"{stem}_label") or {"i915temp1": "pkg"}.get(driver + stem)
        value = number(file)
        if label == "pkg":
            found["temperature"] = value
            put(found, "temperature_limit_critical", number(hwmon / f"{stem}_crit"))
            put(found, "temperature_limit_shutdown", number(hwmon / f"{stem}_emergency"))
        elif label == "vram":
            found["temperature_memory"] = value
            put(found, "temperature_limit_memory", number(hwmon / f"{stem}_crit"))
            put(found, "temperature_limit_memory_shutdown", number(hwmon / f"{stem}_emergency"))
        elif label == "mctrl":
            found["temperature_memory_controller"] = value
        elif label == "pcie":
            found["temperature_pcie"] = value
        elif label and label.startswith("vram_ch_"):
            found["temperature_memory_channel." + label.removeprefix("vram_ch_")] = value
    return found


def limits(hwmon):
    found = {}
    names = ("power1_max", "power2_max", "power1_cap", "power2_cap")
    there = {name: number(hwmon / name) for name in names if (hwmon / name).exists()}
    for key, choice in (("power_limit", names), ("power_limit_fast", names[2:])):
        first = next((there[name] for name in choice if name in there), None)
        put(found, key, first or None)
    put(found, "power_limit_enforced", min((value for value in there.values() if value), default=None))
    put(found, "power_limit_default", number(hwmon / "power1_rated_max") or None)
    return found


def sensors(hwmon, driver):
    found = temperatures(hwmon, driver) | limits(hwmon)
    put(found, "energy", number(hwmon / "energy1_input"))
    put(found, "energy_package", number(hwmon / "energy2_input"))
    put(found, "voltage", number(hwmon / ("in0_input" if driver == "i915" else "in1_input"), 1000))
    for file in hwmon.glob("fan*_input"):
        index = int(re.fullmatch(r"fan(\d+)_input", file.name).group(1)) - 1
        found[f"fan_rpm.{index}"] = number(file)
    return found


def gts(card, driver):
    """(folder of clocks, folder of throttle files, prefix, serves video alone)"""
    if driver == "i915":
        return [(gt, gt, "throttle_reason_", False) for gt in sorted((card / "gt").glob("gt*"))]
    return [(gt / "freq0", gt / "freq0/throttle", "reason_",
             (text(gt / "gtidle/name") or "").endswith("-mc"))
            for gt in sorted((card / "device").glob("tile*/gt*"))]


def clocks(card, driver):
    found = {}
    name = "rps_{}_freq_mhz" if driver == "i915" else "{}_freq"
    top, low = ("RP0", "RPn") if driver == "i915" else ("rp0", "rpn")
    for folder, _, _, media in gts(card, driver):
        mhz = 1_000_000
        if media:
            put(found, "clock_video", number(folder / name.format("act"), mhz))
            put(found, "clock_video_max", number(folder / name.format(top), mhz))
            continue
        put(found, "clock_graphics", number(folder / name.format("act"), mhz))
        put(found, "clock_graphics_max", number(folder / name.format(top), mhz))
        put(found, "clock_graphics_min", number(folder / name.format(low), mhz))
        put(found, "clock_graphics_locked_min", number(folder / name.format("min"), mhz))
        put(found, "clock_graphics_locked_max", number(folder / name.format("max"), mhz))
    return found


def throttling(card, driver):
    raw = []
    for _, folder, prefix, _ in gts(card, driver):
        raw += [name for name in RAW_ORDER if number(folder / (prefix + name)) and name not in raw]
    normalised = sorted({NORMALISED[name] for name in raw},
                        key=("thermal", "power_limit", "current_limit").index)
    return {"throttle": normalised, "throttle_raw": raw}


def readings(card, _kfd):
    driver = uevent(card / "device")["DRIVER"]
    hwmon = hwmon_of(card, driver)
    found = sensors(hwmon, driver) if hwmon else {}
    return found | clocks(card, driver) | throttling(card, driver)


def identity(card, _kfd):
    name, _, kind = model(card)
    keys = uevent(card / "device")
    found = {"uuid": "PCI-" + keys["PCI_SLOT_NAME"], "vendor": "Intel", "device_type": "gpu",
             "state": "ok", "model": name, "gpu_type": kind, "device_nodes": []}
    if kind == "integrated":
        found["bus_type"] = "soc"
    return found


def extra(card, _kfd):
    return {"architecture": model(card)[1], "node": card.name}
