// The section of a scenario that places GPUs in the node: how many, where, under what load.

#include "sections.hpp"

namespace accel::sim {
namespace {

LoadProfile read_load(TableReader& reader) {
  LoadProfile load{.kind = LoadKind::constant,
                   .low = 0,
                   .high = 0,
                   .duty = 0.5,
                   .noise = 0,
                   .intensity = 1,
                   .memory = 0.5,
                   .encoder = 0,
                   .decoder = 0,
                   .period = 60'000'000'000,
                   .phase = 0};
  std::uint32_t kind = 0;
  reader.read_word("kind", {"constant", "square", "sine", "ramp", "noise"}, kind);
  load.kind = static_cast<LoadKind>(kind);
  reader.read("low", load.low, 0, 1);
  reader.read("high", load.high, 0, 1);
  reader.read("duty", load.duty, 0, 1);
  reader.read("noise", load.noise, 0, 1);
  reader.read("intensity", load.intensity, 0.01, 1.2);
  reader.read("memory", load.memory, 0, 1);
  reader.read("encoder", load.encoder, 0, 1);
  reader.read("decoder", load.decoder, 0, 1);
  reader.read_duration("period", load.period);
  reader.read_duration("phase", load.phase);
  if (load.period <= 0) reader.complain("period", "expected more than 0");
  reader.finish();
  return load;
}

void check_addresses(TableReader& reader, const std::vector<std::string>& addresses) {
  for (const std::string& address : addresses) {
    std::uint32_t domain = 0;
    std::uint32_t bus = 0;
    std::uint32_t device = 0;
    if (!parse_pci_address(address, domain, bus, device)) {
      reader.complain("addresses", "'" + address + "' is no PCI address such as \"0000:1b:00.0\"");
    }
  }
}

}  // namespace

void read_switches(TableReader& reader, ScenarioSwitches& switches) {
  reader.read("device", switches.device, 0, 0xFFFF);
  reader.require("addresses");
  reader.read("addresses", switches.addresses);
  check_addresses(reader, switches.addresses);
  if (switches.addresses.size() > kMaxSwitches) reader.complain("addresses", "more than 8");
  reader.finish();
}

void read_places(TableReader& reader, ScenarioPlaces& places, std::int64_t most) {
  reader.read("count", places.count, 0, most);
  reader.require("addresses");
  reader.read("addresses", places.addresses);
  if (places.addresses.empty()) reader.complain("addresses", "expected at least one");
  check_addresses(reader, places.addresses);
  reader.read("numa_nodes", places.numa_nodes, 63);
  for (auto& table : reader.tables("load")) places.loads.push_back(read_load(table));
}

void read_gpu(TableReader& reader, ScenarioGpu& gpu) {
  read_places(reader, gpu, static_cast<std::int64_t>(kMaxGpus));
  reader.read("serial", gpu.serial, 29);
  reader.read("persistence", gpu.persistence);
  reader.read("ecc_enabled", gpu.ecc_on);
  reader.read("mig_enabled", gpu.mig_on);
  reader.read("suspended", gpu.suspended);
  reader.read("pcie_switch", gpu.pcie_switch);
  reader.read("gpus_per_switch", gpu.gpus_per_switch, 1, 8);
  if (!gpu.addresses.empty() && gpu.addresses.size() % gpu.gpus_per_switch != 0) {
    reader.complain("gpus_per_switch", "the addresses do not fill the switches");
  }
  reader.read("ecc_corrected", gpu.ecc_corrected, 1'000'000);
  gpu.board.brand = 14;        // NVML_BRAND_NVIDIA
  gpu.board.architecture = 9;  // NVML_DEVICE_ARCH_HOPPER
  gpu.board.capability_major = 9;
  read_board(reader, gpu.board, {"name", "pci_device", "memory", "power", "clocks", "thermal"});
  reader.finish();
}

}  // namespace accel::sim
