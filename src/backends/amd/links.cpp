// PCI Express counters of the driver, and the xGMI links to other GPUs.
#include "backends/amd/readings.hpp"

namespace accel::amd {
namespace {

using Field = MetricsField;

// enum amdgpu_xgmi_link_status; 2 is "not available".
constexpr std::uint64_t kLinkActive = 1;

void read_link(Sampling& sampling, std::size_t link) {
  const int instance = static_cast<int>(link);
  const auto status = sampling.table()->at(Field::xgmi_link_status, link);
  if (status && *status > kLinkActive) return;
  const std::string source = sampling.table()->source() + " xgmi_link_status";
  if (status) {
    sampling.set(metric::xgmi_up, sampling.reading<bool>(*status == kLinkActive, source), instance);
  }
  const auto rx = sampling.field(Field::xgmi_read_data_acc, kKilobytes, link);
  const auto tx = sampling.field(Field::xgmi_write_data_acc, kKilobytes, link);
  if (rx) sampling.set(metric::xgmi_rx_total, rx, instance);
  if (tx) sampling.set(metric::xgmi_tx_total, tx, instance);
}

}  // namespace

void read_pcie(Sampling& sampling) {
  sampling.set(metric::pcie_replays,
               first_of({sampling.file("pcie_replay_count", kCount),
                         sampling.field(Field::pcie_replay_count_acc, kCount)}));
}

void read_links(Sampling& sampling) {
  if (!sampling.table()) return;
  const std::size_t links = sampling.table()->count(Field::xgmi_read_data_acc);
  if (links == 0) return;
  sampling.set(metric::xgmi_width, sampling.field(Field::xgmi_link_width, kLanes));
  sampling.set(metric::xgmi_speed, sampling.field(Field::xgmi_link_speed, kGigatransfers));
  for (std::size_t link = 0; link < links; ++link) read_link(sampling, link);
}

}  // namespace accel::amd
