// Names of PCI devices from the pci.ids file that distributions install.
#include <array>
#include <cstdio>

#include "base/dir.hpp"
#include "core/pci/scan.hpp"

namespace accel::pci {
namespace {

constexpr std::array<std::string_view, 2> kDatabases{"/usr/share/misc/pci.ids",
                                                     "/usr/share/hwdata/pci.ids"};
constexpr std::size_t kLargestDatabase = std::size_t{16} << 20;

std::string hex4(std::uint16_t number) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%04x", number);
  return text.data();
}

std::string_view line_at(std::string_view text, std::size_t at) {
  return text.substr(at, text.find('\n', at) - at);
}

/// The device's name below its vendor's line: "10de  NVIDIA Corporation", "\t2330  GH100 [...]".
std::string_view find_name(std::string_view database, const PciIds& ids) {
  const std::string vendor = "\n" + hex4(ids.vendor) + "  ";
  const auto start = database.find(vendor);
  if (start == std::string_view::npos) return {};
  std::size_t at = database.find('\n', start + 1);
  const std::string device = "\t" + hex4(ids.device) + "  ";
  while (at != std::string_view::npos && at + 1 < database.size()) {
    const std::string_view line = line_at(database, at + 1);
    if (!line.empty() && line.front() != '\t' && line.front() != '#') return {};
    if (line.starts_with(device)) return line.substr(device.size());
    at = database.find('\n', at + 1);
  }
  return {};
}

}  // namespace

Reading<std::string> database_name(const PciIds& ids, const Machine& machine) {
  for (const std::string_view place : kDatabases) {
    const auto path = machine.path(place);
    const auto database = base::read_file(path, kLargestDatabase);
    if (!database) continue;
    if (const auto name = find_name(*database, ids); !name.empty()) {
      return {std::string(name), path.string()};
    }
  }
  return Absence{ReadingStatus::unsupported,
                 "no name for " + hex4(ids.vendor) + ":" + hex4(ids.device) + " in pci.ids",
                 "install the package pci.ids"};
}

}  // namespace accel::pci
