#include "backends/nvidia/library.hpp"

#include "backends/nvidia/device_nodes.hpp"
#include "backends/nvidia/proc_files.hpp"

namespace accel::nvidia {
namespace {

constexpr const char* kSoname = "libnvidia-ml.so.1";

}  // namespace

DeviceState state_of(Errc code) {
  switch (code) {
    case Errc::device_asleep: return DeviceState::asleep;
    case Errc::permission_denied: return DeviceState::no_permission;
    case Errc::driver_not_found: return DeviceState::no_driver;
    case Errc::timeout: return DeviceState::hung;
    case Errc::device_lost: return DeviceState::lost;
    default: return DeviceState::error;
  }
}

Result<std::shared_ptr<Nvml>> Library::load_and_init(const std::string& soname) {
  const auto path = machine_.library(soname);
  if (!path) return path.error();
  auto loaded = Nvml::load(*path);
  if (!loaded) return loaded;
  is_present_ = true;
  const nvmlReturn_t answer = (*loaded)->init();
  is_mismatched_ = answer == status::kVersionMismatch;
  if (answer != status::kSuccess) return (*loaded)->error((*loaded)->functions().init, answer);
  return loaded;
}

Result<std::shared_ptr<Nvml>> Library::load_matching() {
  // The files of a driver carry its version. After an update the loader may still hold the library
  // of the old one, and that of the module that is loaded may still be there.
  const auto version = module_version(machine_);
  if (!version) return Error{Errc::driver_not_found, version.reason(), version.remedy(), {}};
  return load_and_init("libnvidia-ml.so." + *version);
}

Error Library::explained(Error error) const {
  if (error.code == Errc::driver_not_found || is_mismatched_) return error;
  if (auto refusal = control_refusal(machine_)) {
    error.code = Errc::permission_denied;
    error.message += " (" + refusal->message + ")";
    error.remedy = std::move(refusal->remedy);
  }
  return error;
}

Result<std::shared_ptr<const Nvml>> Library::open() {
  if (nvml_ != nullptr && nvml_->is_open()) return std::shared_ptr<const Nvml>(nvml_);
  if (failure_) return *failure_;
  is_present_ = false;
  is_mismatched_ = false;
  auto opened = load_and_init(kSoname);
  if (!opened && is_mismatched_) {
    auto matching = load_matching();
    is_mismatched_ = !matching;
    if (matching) opened = std::move(matching);
  }
  if (opened) {
    nvml_ = std::move(*opened);
    return std::shared_ptr<const Nvml>(nvml_);
  }
  failure_ = is_present_ ? explained(opened.error()) : opened.error();
  if (is_present_) {
    machine_.trace("NVML initialization failed: " + failure_->message);
  } else {
    if (failure_->remedy.empty()) {
      failure_->remedy = "install the driver's management library (Debian: libnvidia-ml1)";
    }
    if (!told_absence_) machine_.trace("NVML not available - NVIDIA backend disabled");
    told_absence_ = true;
  }
  return *failure_;
}

void Library::close() noexcept {
  if (nvml_ != nullptr) nvml_->shutdown();
}

}  // namespace accel::nvidia
