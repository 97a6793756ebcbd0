#include "backends/nvidia/events.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "backends/nvidia/nvml_constants.hpp"
#include "backends/nvidia/xid.hpp"

namespace accel::nvidia {
namespace {

using namespace event_type;

struct Kind {
  std::uint64_t type;
  DeviceEventKind kind;
  Severity severity;
  std::string_view text;
  std::string_view next_step;
};

/// Every type that we listen to; xid is described by its own catalogue.
constexpr std::array<Kind, 14> kKinds{{
    {kSingleBitEcc, DeviceEventKind::ecc_corrected, Severity::low, "corrected memory error", ""},
    {kDoubleBitEcc, DeviceEventKind::ecc_uncorrected, Severity::high, "uncorrected memory error",
     "drain and reset the GPU; replace it if this comes again"},
    {kPstate, DeviceEventKind::performance_state, Severity::low, "performance state changed", ""},
    {kXid, DeviceEventKind::xid, Severity::medium, "", ""},
    {kClock, DeviceEventKind::clock_change, Severity::low, "clocks changed", ""},
    {kPowerSource, DeviceEventKind::power_source_change, Severity::low, "power source changed", ""},
    {kMigConfig, DeviceEventKind::partition_change, Severity::low, "MIG instances changed",
     "devices are listed anew by the next discovery"},
    {kSingleBitStorm, DeviceEventKind::ecc_corrected, Severity::medium,
     "many corrected memory errors in a short time",
     "watch the memory error counters; drain the GPU if they keep growing"},
    {kDramRetirement, DeviceEventKind::row_remap, Severity::medium, "memory was taken out of use",
     "reset the GPU when it is free, so that it takes effect"},
    {kDramRetirementFailure, DeviceEventKind::row_remap, Severity::high,
     "memory could not be taken out of use",
     "drain and reset the GPU; replace it if this comes again"},
    {kNonFatalPoison, DeviceEventKind::ecc_uncorrected, Severity::medium,
     "poisoned data was used; one program was stopped", "start the program again"},
    {kFatalPoison, DeviceEventKind::ecc_uncorrected, Severity::high,
     "poisoned data was used; the GPU needs a reset", "drain and reset the GPU"},
    {kGpuUnavailable, DeviceEventKind::device_unavailable, Severity::high,
     "the GPU is not available", "see the kernel log; reset the GPU or reboot"},
    {kRecoveryAction, DeviceEventKind::recovery_action, Severity::medium,
     "the recovery that the GPU needs has changed", "accel doctor tells which recovery it needs"},
}};

std::uint64_t wanted_types() {
  std::uint64_t mask = 0;
  for (const Kind& kind : kKinds) mask |= kind.type;
  return mask;
}

}  // namespace

class Events::Listening {
 public:
  static Result<std::shared_ptr<Listening>> start(
      const std::vector<std::pair<std::string, Gpu>>& wanted);
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;
  ~Listening() {
    if (set_ != nullptr) nvml_->status_of(nvml_->functions().event_set_free, set_);
  }

  Result<nvmlEventData_t> wait(std::chrono::milliseconds patience) const;
  /// Empty for an event of no device.
  [[nodiscard]] std::string uuid_of(nvmlDevice_t handle) const;

 private:
  explicit Listening(std::shared_ptr<const Nvml> nvml) : nvml_(std::move(nvml)) {}
  Result<void> add(const std::string& uuid, const Gpu& gpu);

  std::shared_ptr<const Nvml> nvml_;
  nvmlEventSet_t set_ = nullptr;
  std::vector<std::pair<nvmlDevice_t, std::string>> devices_;
};

Result<std::shared_ptr<Events::Listening>> Events::Listening::start(
    const std::vector<std::pair<std::string, Gpu>>& wanted) {
  Error none{Errc::operation_not_supported, "no NVIDIA GPU is there to give events", "", {}};
  if (wanted.empty()) return none;
  std::shared_ptr<Listening> listening(new Listening(wanted.front().second.shared_nvml()));
  const Nvml& nvml = *listening->nvml_;
  if (auto made = nvml.call(nvml.functions().event_set_create, &listening->set_); !made) {
    return std::move(made).error();
  }
  for (const auto& [uuid, gpu] : wanted) {
    if (auto added = listening->add(uuid, gpu); !added) none = std::move(added).error();
  }
  if (listening->devices_.empty()) return none;
  return listening;
}

Result<void> Events::Listening::add(const std::string& uuid, const Gpu& gpu) {
  const Functions& nvml = gpu.functions();
  // Older drivers refuse a mask with types that they do not know.
  const auto supported = gpu.ask<std::uint64_t>(nvml.event_types);
  if (!supported) return supported.error();
  auto done = gpu.call(nvml.event_register, *supported & wanted_types(), set_);
  if (done) devices_.emplace_back(gpu.handle(), uuid);
  return done;
}

Result<nvmlEventData_t> Events::Listening::wait(std::chrono::milliseconds patience) const {
  nvmlEventData_t data{};
  // All ones would mean to wait for ever.
  const auto most = std::chrono::milliseconds(std::numeric_limits<std::int32_t>::max());
  const auto limit = std::clamp(patience, std::chrono::milliseconds(0), most);
  auto done = nvml_->call(nvml_->functions().event_wait, set_, &data,
                          static_cast<std::uint32_t>(limit.count()));
  if (!done) return std::move(done).error();
  return data;
}

std::string Events::Listening::uuid_of(nvmlDevice_t handle) const {
  const auto found =
      std::ranges::find(devices_, handle, &std::pair<nvmlDevice_t, std::string>::first);
  return found == devices_.end() ? std::string() : found->second;
}

void Events::watch(std::vector<std::pair<std::string, Gpu>> uuids_and_gpus) {
  const std::scoped_lock lock(mutex_);
  wanted_ = std::move(uuids_and_gpus);
  changed_ = true;
  if (wanted_.empty()) listening_.reset();  // the library may be closed before anybody asks again
}

Result<DeviceEvent> Events::next(std::chrono::milliseconds patience) {
  std::shared_ptr<Listening> listening;
  {
    const std::scoped_lock lock(mutex_);
    if (changed_ || listening_ == nullptr) {
      listening_.reset();
      auto started = Listening::start(wanted_);
      if (!started) return std::move(started).error();
      listening_ = std::move(*started);
      changed_ = false;
    }
    listening = listening_;
  }
  const auto data = listening->wait(patience);
  if (!data) return data.error();
  DeviceEvent event = describe_event(data->event_type, data->event_data);
  event.time = machine_.clock->wall();
  event.uuid = listening->uuid_of(data->device);
  return event;
}

DeviceEvent describe_event(std::uint64_t type, std::uint64_t data) {
  DeviceEvent event;
  const auto found = std::ranges::find(kKinds, type, &Kind::type);
  if (found == kKinds.end()) {
    event.code = type;
    event.text = "an event of an unknown type";
    return event;
  }
  event.kind = found->kind;
  event.severity = found->severity;
  event.text = found->text;
  event.next_step = found->next_step;
  if (type != kXid) return event;
  const XidMeaning& meaning = xid_meaning(data);
  event.code = data;
  event.severity = meaning.severity;
  event.text = meaning.text;
  event.next_step = meaning.next_step;
  return event;
}

}  // namespace accel::nvidia
