#include "capture/further_files.hpp"

#include <array>
#include <memory>
#include <string_view>

#include "base/dir.hpp"
#include "base/worker.hpp"
#include "core/pci/scan.hpp"

namespace accel::capture {
namespace {

constexpr std::array<std::string_view, 6> kHostFiles{"/proc/version",
                                                     "/proc/cmdline",
                                                     "/proc/modules",
                                                     "/proc/driver/nvidia/version",
                                                     "/proc/driver/nvidia/params",
                                                     "/sys/kernel/security/lockdown"};

struct DeviceFile {
  std::string_view name;
  bool wakes;  ///< the kernel asks the device
};

// Documentation/ABI/testing/sysfs-bus-pci; amdgpu: Documentation/gpu/amdgpu. Reading `config` is
// what resumes a function (pci_config_pm_runtime_get, drivers/pci/pci-sysfs.c), as everything of
// amdgpu does.
constexpr DeviceFile kDeviceFiles[] = {{"uevent", false},
                                       {"modalias", false},
                                       {"enable", false},
                                       {"numa_node", false},
                                       {"local_cpulist", false},
                                       {"boot_vga", false},
                                       {"reset_method", false},
                                       {"d3cold_allowed", false},
                                       {"power_state", false},
                                       {"sriov_numvfs", false},
                                       {"sriov_totalvfs", false},
                                       {"power/control", false},
                                       {"aer_dev_correctable", false},
                                       {"aer_dev_nonfatal", false},
                                       {"aer_dev_fatal", false},
                                       {"config", true},
                                       {"gpu_metrics", true},
                                       {"pp_table", true},
                                       {"pp_features", true},
                                       {"pp_power_profile_mode", true},
                                       {"pp_od_clk_voltage", true},
                                       {"power_dpm_state", true},
                                       {"power_dpm_force_performance_level", true}};

constexpr int kMostHanging = 3;

}  // namespace

std::vector<std::string> further_files(const Machine& machine) {
  std::vector<std::string> paths;
  paths.reserve(kHostFiles.size());
  for (const auto name : kHostFiles) paths.push_back(machine.path(name).string());
  for (const PciFunction& function : pci::scan(machine)) {
    // No such file: no runtime power management. Any other answer than these may mean sleep.
    const auto status = pci::runtime_status(function);
    const bool awake = status ? *status == "active" || *status == "unsupported"
                              : status.status() == ReadingStatus::unsupported;
    const base::Dir dir(function.directory);
    for (const DeviceFile& file : kDeviceFiles) {
      if (awake || !file.wakes) paths.push_back(dir.source(file.name));
    }
  }
  return paths;
}

void read_files(const Machine& machine, const std::vector<std::string>& paths, std::size_t limit,
                std::chrono::nanoseconds patience) {
  auto worker = std::make_unique<base::Worker>(machine.clock);
  int hanging = 0;
  for (const std::string& path : paths) {
    const auto read = [path, limit] { static_cast<void>(base::read_file(path, limit)); };
    if (worker->run(read, patience) == base::Worker::Outcome::done) continue;
    if (++hanging == kMostHanging) return;
    worker = std::make_unique<base::Worker>(machine.clock);
  }
}

}  // namespace accel::capture
