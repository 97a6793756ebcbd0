// An invented device with one reading of every status, for tests of what is shown.
#pragma once

#include "accel/system.hpp"
#include "render/list_document.hpp"
#include "render/status_document.hpp"

namespace accel::render {

inline AcceleratorInfo h100() {
  AcceleratorInfo info;
  info.uuid = "GPU-11111111-2222-3333-4444-555555555555";
  info.vendor = "NVIDIA";
  info.device_type = DeviceType::gpu;
  info.global_index = 0;
  info.model = std::string("NVIDIA H100 80GB HBM3");
  info.memory = bytes(85'520'809'984);
  info.compute_capability = std::string("9.0");
  info.driver = std::string("nvidia");
  info.driver_version = std::string("570.86.15");
  info.serial = Absence{ReadingStatus::unsupported, "nvmlDeviceGetSerial: Not Supported", ""};
  info.pci_address = PciAddress{0, 0x1b, 0, 0};
  info.pci_ids = PciIds{0x10de, 0x2330, 0x10de, 0x16c1, 0x030200, 0xa1};
  info.extra = {{"sm_count", std::int64_t{132}}};
  return info;
}

/// Temperature ok, utilization stale, and one metric for each other status.
inline ReadingSet one_of_each_status(SteadyTime now) {
  ReadingSet set;
  set.set(metric::temperature, Reading<Temperature>(celsius(62), "nvmlDeviceGetTemperature",
                                                    now - std::chrono::milliseconds(250)));
  Reading<Ratio> old(percent(40), "nvmlDeviceGetUtilizationRates", now - std::chrono::seconds(5));
  old.mark_stale("nvmlDeviceGetUtilizationRates: did not answer");
  set.set(metric::utilization, old);
  const auto absent = [](ReadingStatus status, std::string remedy = {}) {
    return Absence{status, "source: " + std::string(to_string(status)), std::move(remedy)};
  };
  set.set(metric::fan_speed, Reading<Ratio>(absent(ReadingStatus::unsupported)));
  set.set(metric::power, Reading<Power>(absent(ReadingStatus::no_permission, "needs CAP_PERFMON")));
  set.set(metric::clock_sm, Reading<Frequency>(absent(ReadingStatus::asleep)));
  set.set(metric::clock_memory, Reading<Frequency>(absent(ReadingStatus::hung)));
  set.set(metric::memory_used, Reading<Bytes>(absent(ReadingStatus::lost)));
  set.set(metric::memory_free, Reading<Bytes>(absent(ReadingStatus::error)));
  set.set(metric::memory_total, Reading<Bytes>(absent(ReadingStatus::no_driver)));
  set.set(metric::sm_occupancy, Reading<Ratio>(absent(ReadingStatus::needs_workload)));
  set.set(metric::pcie_rx, Reading<ByteRate>(absent(ReadingStatus::pending)));
  return set;
}

}  // namespace accel::render
