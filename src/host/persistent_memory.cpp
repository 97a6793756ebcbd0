#include "host/persistent_memory.hpp"

#include <algorithm>
#include <cctype>
#include <string>

#include "base/number.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

bool is_numbered(const std::string& name, std::size_t prefix) {
  return name.size() > prefix &&
         std::all_of(name.begin() + static_cast<std::ptrdiff_t>(prefix), name.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0; });
}

/// Documentation/ABI/testing/sysfs-bus-cxl: sizes in hexadecimal with "0x".
Reading<Bytes> cxl_size(const Machine& machine, const base::Dir& dir) {
  const auto text = text_field(machine, dir, "size");
  if (!text) return {text.absence(), text.source(), text.time()};
  const auto size = base::parse_hex(*text);
  if (!size || *size > std::uint64_t{INT64_MAX}) {
    return {nonsense(text.source() + ": not a size: " + in_quotes(*text)), text.source()};
  }
  return {Bytes{static_cast<std::int64_t>(*size)}, text.source(), text.time()};
}

}  // namespace

std::vector<PersistentMemory> read_persistent_memory(const Machine& machine) {
  constexpr base::Attribute<Bytes> kSize{"size", 1};  // drivers/nvdimm/region_devs.c: bytes
  std::vector<PersistentMemory> found;
  // A region is what the hardware offers; the namespaces in it would count the same bytes again.
  for (const auto& region : directory(machine, "/sys/bus/nd/devices").children("region")) {
    if (!is_numbered(region.name(), 6)) continue;
    found.push_back({region.name(), "nvdimm", quantity_field(machine, region, kSize),
                     unsupported("an NVDIMM region has no volatile part")});
  }
  for (const auto& device : directory(machine, "/sys/bus/cxl/devices").children("mem")) {
    if (!is_numbered(device.name(), 3)) continue;
    found.push_back({device.name(), "cxl", cxl_size(machine, device.child("pmem")),
                     cxl_size(machine, device.child("ram"))});
  }
  return found;
}

}  // namespace accel::host
