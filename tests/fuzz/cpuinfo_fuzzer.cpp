// /proc/cpuinfo of every architecture: names are texts, and features are known ones.
#include <cstdint>
#include <string_view>

#include "accel/machine.hpp"
#include "fuzz/require.hpp"
#include "host/cpu_identity.hpp"
#include "host/cpu_list.hpp"
#include "host/cpu_topology.hpp"
#include "host/field.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const accel::Machine nowhere{.root = "/nonexistent"};
  const accel::host::CpuinfoText cpuinfo{"cpuinfo", {}, accel::host::parse_cpuinfo(text)};
  accel::CpuInfo cpu;
  accel::host::identify(nowhere, cpuinfo, cpu);
  accel::host::count_from_cpuinfo(cpuinfo, cpu);
  for (const auto* field : {&cpu.make, &cpu.model, &cpu.architecture, &cpu.microcode}) {
    require(*field ? accel::host::is_plain_text(**field)
                   : accel::host::is_plain_text(field->reason()));
  }
  for (const auto& feature : cpu.features) require(accel::host::is_plain_text(feature));
  if (cpu.physical_cores) require(*cpu.physical_cores <= *cpu.logical_cores);
  if (const auto list = accel::host::parse_cpu_list(text)) require(list->size() <= 65536);
  return 0;
}
