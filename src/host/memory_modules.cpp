#include "host/memory_modules.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>
#include <span>

#include "base/dir.hpp"
#include "host/field.hpp"
#include "host/udev_dmi.hpp"

namespace accel::host {
namespace {

constexpr std::string_view kTables = "/sys/firmware/dmi/tables/DMI";
constexpr std::string_view kUdev = "/run/udev/data/+dmi:id";
constexpr std::string_view kRemedy = "run as root or with CAP_DAC_READ_SEARCH";

/// The modules and where they were read, or why there are none.
struct Found {
  std::vector<DmiMemoryDevice> devices;
  std::string error_correction;
  std::string source;
  SteadyTime time{};
  std::optional<Absence> why;
};

Found find_devices(const Machine& machine) {
  Found found;
  found.time = machine.clock->steady();
  found.source = machine.path(kTables).string();
  auto tables = firmware_tables(machine);
  if (tables) {
    found.devices = std::move(tables->memory_devices);
    found.error_correction = std::move(tables->error_correction);
    return found;
  }
  found.why = absence_of(tables.error());
  const auto udev = base::read_file(machine.path(kUdev));
  if (!udev) return found;
  found.devices = parse_udev_memory(*udev);
  if (found.devices.empty()) return found;
  found.source = machine.path(kUdev).string();
  found.why.reset();
  return found;
}

Reading<std::string> text(const Found& found, const std::string& value) {
  if (value.empty())
    return {unsupported(found.source + ": the firmware does not say"), found.source};
  return {value, found.source, found.time};
}

Reading<std::int64_t> number(const Found& found, std::optional<std::int64_t> value) {
  if (!value) return {unsupported(found.source + ": the firmware does not say"), found.source};
  return {*value, found.source, found.time};
}

MemoryModule module(const Found& found, const DmiMemoryDevice& device) {
  const auto size = number(found, device.size);
  return {device.slot,
          device.bank,
          size ? Reading<Bytes>{Bytes{*size}, size.source(), size.time()}
               : Reading<Bytes>{size.absence(), size.source()},
          text(found, device.type),
          number(found, device.speed_mts),
          number(found, device.configured_speed_mts),
          text(found, device.manufacturer),
          text(found, device.part_number)};
}

/// One type for all, or which there are.
Reading<std::string> common_type(const Found& found, const std::vector<MemoryModule>& modules) {
  std::set<std::string> types;
  for (const auto& module : modules) {
    if (!module.type) return module.type;
    types.insert(*module.type);
  }
  if (types.empty()) return {unsupported(found.source + ": no module"), found.source};
  if (types.size() == 1) return {*types.begin(), found.source, found.time};
  std::string all;
  for (const auto& type : types) all += (all.empty() ? "" : ", ") + type;
  return {unsupported(found.source + ": modules of several types: " + all), found.source};
}

Reading<std::int64_t> slowest(const Found& found, const std::vector<MemoryModule>& modules) {
  std::optional<std::int64_t> slowest;
  for (const auto& module : modules) {
    const auto& speed =
        module.configured_speed_mts ? module.configured_speed_mts : module.speed_mts;
    if (!speed) return speed;
    slowest = std::min(slowest.value_or(*speed), *speed);
  }
  if (!slowest) return {unsupported(found.source + ": no module"), found.source};
  return {*slowest, found.source, found.time};
}

/// The part of "P0 CHANNEL A" that names the channel, in lower case; empty where there is none.
std::string channel_name(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text.find("channel") == std::string::npos ? std::string{} : text;
}

/// Boards that name channels in their tables do so in the bank ("P0 CHANNEL A") or in the slot
/// ("ChannelA-DIMM0").
Reading<std::int64_t> named_channels(const Found& found, const std::vector<MemoryModule>& modules) {
  std::set<std::string> channels;
  for (const auto& module : modules) {
    auto name = channel_name(module.bank);
    if (name.empty()) {
      name = channel_name(module.slot);
      name = name.substr(0, name.find("-dimm"));
    }
    if (name.empty()) {
      return {unsupported(found.source + ": the firmware names no channel for " +
                          in_quotes(module.slot)),
              found.source};
    }
    channels.insert(name);
  }
  if (channels.empty()) return {unsupported(found.source + ": no module"), found.source};
  return {static_cast<std::int64_t>(channels.size()), found.source, found.time};
}

}  // namespace

Result<DmiTables> firmware_tables(const Machine& machine) {
  const auto path = machine.path(kTables);
  const auto bytes = base::read_file(path);
  if (!bytes) {
    auto error = bytes.error();
    if (error.code == Errc::permission_denied) error.remedy = kRemedy;
    return error;
  }
  auto tables =
      read_dmi_tables({reinterpret_cast<const std::uint8_t*>(bytes->data()), bytes->size()});
  if (!tables) return annotate(path.string(), tables.error());
  return tables;
}

void read_memory_modules(const Machine& machine, MemoryInfo& memory) {
  const auto found = find_devices(machine);
  if (found.why) {
    memory.type = {*found.why, found.source, found.time};
    memory.speed_mts = {*found.why, found.source, found.time};
    memory.error_correction = {*found.why, found.source, found.time};
    if (!memory.channels) memory.channels = {*found.why, found.source, found.time};
    return;
  }
  for (const auto& device : found.devices) {
    if (device.size == 0 || device.persistent) continue;  // An empty socket; listed apart.
    memory.modules.push_back(module(found, device));
  }
  memory.type = common_type(found, memory.modules);
  memory.speed_mts = slowest(found, memory.modules);
  memory.error_correction = text(found, found.error_correction);
  if (!memory.channels) memory.channels = named_channels(found, memory.modules);
}

}  // namespace accel::host
