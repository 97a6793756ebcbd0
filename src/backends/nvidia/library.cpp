#include "backends/nvidia/library.hpp"

#include <utility>

#include "backends/nvidia/device_nodes.hpp"
#include "backends/nvidia/proc_files.hpp"
#include "base/number.hpp"

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

Error no_answer() {
  return {Errc::timeout,
          "the driver did not answer within " +
              base::number_text(std::chrono::duration<double>(kIntroductionPatience).count()) + "s",
          "look for a hung driver in the kernel log (dmesg)",
          {}};
}

/// One start of the library; it may outlive whoever wanted it.
struct Library::Start {
  explicit Start(std::string file) : path(std::move(file)) {}

  void run() {
    opened = Nvml::load(path);
    if (opened) answer = (*opened)->init();
  }

  std::string path;
  Result<std::shared_ptr<Nvml>> opened = std::shared_ptr<Nvml>();
  nvmlReturn_t answer = status::kUninitialized;
};

Result<std::shared_ptr<Nvml>> Library::taken(const Start& start) {
  if (!start.opened) return start.opened;
  const std::shared_ptr<Nvml>& nvml = *start.opened;
  is_present_ = true;
  is_mismatched_ = start.answer == status::kVersionMismatch;
  if (start.answer != status::kSuccess) return nvml->error(nvml->functions().init, start.answer);
  return nvml;
}

Result<std::shared_ptr<Nvml>> Library::load_and_init(const std::string& soname) {
  const auto path = machine_->library(soname);
  if (!path) return path.error();
  // What hangs is there. A start that came back after its time is as good as a new one.
  const bool is_back = late_ != nullptr && !worker_.is_busy();
  if (const auto start = is_back ? std::exchange(late_, nullptr) : nullptr) {
    if (start->path == *path && start->answer == status::kSuccess) return taken(*start);
  }
  const auto start = std::make_shared<Start>(*path);
  const auto deadline = machine_->clock->steady() + kIntroductionPatience;
  const bool is_started = worker_.start([start] { start->run(); });
  if (is_started && worker_.collect(deadline) == base::Worker::Outcome::done) return taken(*start);
  if (is_started) late_ = start;
  is_present_ = true;
  return annotate("starting " + soname, no_answer());
}

Result<std::shared_ptr<Nvml>> Library::load_matching() {
  // The files of a driver carry its version. After an update the loader may still hold the library
  // of the old one, and that of the module that is loaded may still be there.
  const auto version = module_version(*machine_);
  if (!version) return Error{Errc::driver_not_found, version.reason(), version.remedy(), {}};
  return load_and_init("libnvidia-ml.so." + *version);
}

Error Library::explained(Error error) const {
  const bool is_explained =
      error.code == Errc::driver_not_found || error.code == Errc::timeout || is_mismatched_;
  if (is_explained) return error;
  if (auto refusal = control_refusal(*machine_)) {
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
    machine_->trace("NVML initialization failed: " + failure_->message);
  } else {
    if (failure_->remedy.empty()) {
      failure_->remedy = "install the driver's management library (Debian: libnvidia-ml1)";
    }
    if (!told_absence_) machine_->trace("NVML not available - NVIDIA backend disabled");
    told_absence_ = true;
  }
  return *failure_;
}

void Library::close() noexcept {
  if (nvml_ != nullptr) nvml_->shutdown();
}

}  // namespace accel::nvidia
