// Where a PCI function hangs, from the folders of sysfs.
#include <algorithm>
#include <system_error>

#include "accel/topology.hpp"
#include "base/dir.hpp"
#include "base/place.hpp"
#include "core/pci/scan.hpp"

namespace accel {
namespace {

using base::Dir;

/// "pci0000:15" (drivers/pci/probe.c, pci_register_host_bridge).
bool is_host_bridge(std::string_view name) {
  return name.starts_with("pci") && name.find(':') != std::string_view::npos;
}

/// The part of the path that is PCI: behind the first host bridge only bridges and functions
/// follow, and sometimes a host bridge below a function (Intel VMD).
std::vector<std::string> pci_path(const std::filesystem::path& directory) {
  std::vector<std::string> names;
  for (const auto& component : directory) {
    auto name = component.string();
    if (!names.empty() || is_host_bridge(name)) names.push_back(std::move(name));
  }
  return names;
}

Reading<std::string> cpus_of(const Dir& dir) {
  const auto source = dir.source("local_cpulist");
  auto text = dir.text("local_cpulist");
  if (text && text->empty()) {
    return {Absence{ReadingStatus::unsupported, source + " is empty: no processor is near", ""},
            source};
  }
  return {std::move(text), source};
}

}  // namespace

Reading<PciPlace> pci_place(const Machine& machine, const PciAddress& address) {
  const Dir link(machine.path("/sys/bus/pci/devices") / address.text());
  const std::string source = link.path().string();
  std::error_code failure;
  const auto directory = base::canonical(link.path(), failure);
  if (failure) return {absence_of(base::system_error(link.path(), failure.value())), source};
  PciPlace place;
  place.address = address;
  place.path = pci_path(directory);
  if (place.path.empty()) {
    return {Absence{ReadingStatus::unsupported,
                    source + " leads to " + directory.string() + ", which has no host bridge", ""},
            source};
  }
  const Dir dir(directory);
  const auto vendor = dir.hex("vendor").value_or(0);
  const auto top = pci::slot_directory(directory, vendor).filename().string();
  const auto card = std::ranges::find(place.path, top);
  place.card = static_cast<std::size_t>(card - place.path.begin());
  place.physical = pci::physical_function(directory).value_or(address);
  place.numa_node = pci::numa_node(directory);
  place.cpus = cpus_of(dir);
  return {std::move(place), source, machine.clock->steady()};
}

}  // namespace accel
