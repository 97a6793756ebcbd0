// The PCI Express link as the driver sees it. What it does not tell is left to the bus, which knows
// the link from sysfs.
#include <array>

#include "backends/nvidia/pcie.hpp"
#include "backends/nvidia/readings.hpp"

namespace accel::nvidia {
namespace {

/// Transfers per second and lane of generations 1 to 7 (PCI Express Base Specification).
constexpr std::array<std::int64_t, 7> kRates{2'500'000'000,  5'000'000'000,  8'000'000'000,
                                             16'000'000'000, 32'000'000'000, 64'000'000'000,
                                             128'000'000'000};

constexpr Scale<TransferRate> kGeneration{
    1, kRates.size(), "(generation)",
    [](std::int64_t n) { return TransferRate{kRates.at(static_cast<std::size_t>(n - 1))}; }};

}  // namespace

Reading<TransferRate> highest_pcie_speed(Sampling& sampling) {
  return sampling.read(kGeneration, sampling.functions().pcie_generation_max);
}

Reading<Lanes> highest_pcie_width(Sampling& sampling) {
  return sampling.read(kLanes, sampling.functions().pcie_width_max);
}

void read_pcie(Sampling& sampling, Held& held) {
  const Functions& nvml = sampling.functions();
  sampling.offer(metric::pcie_speed, sampling.read(kGeneration, nvml.pcie_generation));
  sampling.offer(metric::pcie_speed_max,
                 sampling.once(held.pcie_speed_max, [&] { return highest_pcie_speed(sampling); }));
  sampling.offer(metric::pcie_width, sampling.read(kLanes, nvml.pcie_width));
  sampling.offer(metric::pcie_width_max,
                 sampling.once(held.pcie_width_max, [&] { return highest_pcie_width(sampling); }));
  // In bytes; nvml.h: "the value can be wrapped".
  sampling.set(metric::pcie_rx_total, sampling.field(kBytes, {field::kPcieRxBytes}));
  sampling.set(metric::pcie_tx_total, sampling.field(kBytes, {field::kPcieTxBytes}));
  sampling.set(metric::pcie_replays, sampling.read(kCount, nvml.pcie_replays));
  sampling.offer(metric::pcie_errors_corrected, sampling.field(kCount, {field::kPcieCorrectable}));
  sampling.offer(metric::pcie_errors_nonfatal, sampling.field(kCount, {field::kPcieNonFatal}));
  sampling.offer(metric::pcie_errors_fatal, sampling.field(kCount, {field::kPcieFatal}));
}

Result<PciAddress> pci_address(const nvmlPciInfo_t& info, const char* source) {
  if (info.domain > 0xFFFF || info.bus > 0xFF || info.device > 0x1F) {
    return Error{Errc::malformed, std::string(source) + ": what it gave is no PCI address", "", {}};
  }
  return PciAddress{static_cast<std::uint16_t>(info.domain), static_cast<std::uint8_t>(info.bus),
                    static_cast<std::uint8_t>(info.device), 0};
}

void read_pcie_throughput(Sampling& sampling) {
  const auto& function = sampling.functions().pcie_throughput;
  sampling.set(metric::pcie_rx, sampling.read(kKilobytesPerSecond, function, pcie_counter::kRx));
  sampling.set(metric::pcie_tx, sampling.read(kKilobytesPerSecond, function, pcie_counter::kTx));
}

}  // namespace accel::nvidia
