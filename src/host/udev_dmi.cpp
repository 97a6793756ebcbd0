#include "host/udev_dmi.hpp"

#include <map>
#include <string>

#include "base/number.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

constexpr std::string_view kPrefix = "E:MEMORY_DEVICE_";

std::optional<std::int64_t> amount(std::string_view value) {
  const auto number = base::parse_integer(value);
  if (!number || *number < 0) return std::nullopt;
  return *number;
}

/// 65535 points to a field that systemd does not copy.
std::optional<std::int64_t> speed(std::string_view value) {
  const auto number = amount(value);
  return number && *number > 0 && *number < 65535 ? number : std::nullopt;
}

void take(std::string_view key, std::string_view value, DmiMemoryDevice& device) {
  if (!is_plain_text(value)) return;
  // "<OUT OF SPEC>": DDR5 and later, to a systemd older than they are.
  const bool says_nothing = is_placeholder(value) || value.starts_with('<');
  const std::string text = says_nothing ? std::string{} : std::string(value);
  if (key == "LOCATOR") device.slot = text;
  if (key == "BANK_LOCATOR") device.bank = text;
  if (key == "SIZE") device.size = amount(value);
  if (key == "PRESENT" && value == "0") device.size = 0;
  if (key == "TYPE") device.type = text;
  if (key == "SPEED_MTS") device.speed_mts = speed(value);
  if (key == "CONFIGURED_SPEED_MTS") device.configured_speed_mts = speed(value);
  if (key == "MANUFACTURER") device.manufacturer = text;
  if (key == "PART_NUMBER") device.part_number = text;
  if (key == "MEMORY_TECHNOLOGY") {
    device.persistent =
        value.starts_with("NVDIMM") || value.find("persistent") != std::string_view::npos;
  }
}

}  // namespace

std::vector<DmiMemoryDevice> parse_udev_memory(std::string_view text) {
  std::map<std::int64_t, DmiMemoryDevice> devices;
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.starts_with(kPrefix)) continue;
    line.remove_prefix(kPrefix.size());
    const auto underscore = line.find('_');
    const auto equals = line.find('=');
    if (underscore == std::string_view::npos || equals == std::string_view::npos) continue;
    const auto index = base::parse_integer(line.substr(0, underscore));
    if (!index || *index < 0 || equals < underscore) continue;
    take(line.substr(underscore + 1, equals - underscore - 1), trimmed(line.substr(equals + 1)),
         devices[*index]);
  }
  std::vector<DmiMemoryDevice> found;
  found.reserve(devices.size());
  for (auto& [index, device] : devices) found.push_back(std::move(device));
  return found;
}

}  // namespace accel::host
