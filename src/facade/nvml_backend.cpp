#include "accel/facade/nvml_backend.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

#include "backends/nvidia/readings.hpp"
#include "facade/nvml_devices.hpp"
#include "facade/nvml_settings.hpp"
#include "facade/nvml_state.hpp"
#include "facade/within_deadline.hpp"

namespace accel::facade {
namespace {

constexpr auto kPatience = std::chrono::seconds(2);
constexpr auto kChangePatience = std::chrono::seconds(5);
constexpr auto kOpeningPatience = std::chrono::seconds(5);
constexpr std::int64_t kMostDevices = 1024;  // With a worker of their own; no machine has more.

ReadingSet readings_of(const nvidia::Gpu& gpu, SteadyTime now) {
  ReadingSet out;
  const nvidia::FieldBatch fields(gpu, nvidia::sampled_fields());
  nvidia::Sampling sampling(gpu, &fields, out, now);
  nvidia::Held held;
  nvidia::read_power(sampling, held);
  nvidia::read_temperatures(sampling, held);
  nvidia::read_clocks(sampling, held);
  nvidia::read_fans(sampling, held);
  nvidia::read_errors(sampling);
  return out;
}

Error not_initialized() { return {Errc::nvml_error, "NVML not initialized", "", {}}; }

/// Settings are those of the whole GPU.
std::optional<Error> instance_refusal(std::string_view id) {
  const auto selector = Selector::parse(id, Selector::Bare::refused);
  const auto* index = selector ? std::get_if<Selector::Index>(&selector->what) : nullptr;
  if (index == nullptr || index->partition < 0) return std::nullopt;
  return Error{Errc::operation_not_supported,
               std::string(id) + ": a MIG instance has no settings of its own",
               "name the GPU: GPU" + std::to_string(index->device),
               {}};
}

NvmlDevice entry_of(const NvmlDevices& devices, std::uint32_t index) {
  NvmlDevice entry{"GPU" + std::to_string(index), static_cast<int>(index), {}, {}};
  const auto gpu = devices.device(index);
  if (!gpu) return entry;
  if (auto name = gpu->text(gpu->functions().name)) entry.name = std::move(*name);
  if (auto serial = gpu->text(gpu->functions().serial)) entry.serial = std::move(*serial);
  return entry;
}

}  // namespace

/// The library, and a worker a device: one that hangs does not keep the others waiting.
class NVMLBackend::Session {
 public:
  explicit Session(Machine machine)
      : devices_(std::make_shared<NvmlDevices>(std::move(machine))),
        settings_(std::make_shared<NvmlSettings>(devices_->machine())),
        library_worker_(devices_->machine().clock) {
    opened_ = within_deadline<void>(library_worker_, kOpeningPatience,
                                    [devices = devices_] { return devices->open(); });
    if (!opened_ && opened_.error().code == Errc::timeout) {
      trace("NVML initialization failed: " + opened_.error().text());
    }
  }
  ~Session() {
    // Where a call hangs, the library is shut down once that has come back.
    const bool hangs =
        std::ranges::any_of(workers_, [](const auto& worker) { return worker.second->is_busy(); });
    if (!opened_ || hangs) return;
    // Nobody can be told any more that the library did not shut down.
    (void)within_deadline<void>(library_worker_, kPatience, [devices = devices_]() -> Result<void> {
      devices->close();
      return {};
    });
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] bool is_open() const { return opened_.has_value(); }
  void trace(const std::string& text) const { devices_->machine().trace(text); }

  std::vector<NvmlDevice> list() {
    const std::scoped_lock lock(mutex_);
    std::vector<NvmlDevice> list;
    const auto count = within_deadline<std::uint32_t>(
        library_worker_, kPatience, [devices = devices_] { return devices->count(); });
    if (!count) {
      trace("list_devices: " + count.error().text());
      return list;
    }
    for (std::uint32_t index = 0; index < *count; ++index) {
      auto entry =
          within_deadline<NvmlDevice>(worker_of(static_cast<std::int64_t>(index)), kPatience,
                                      [devices = devices_, index]() -> Result<NvmlDevice> {
                                        return entry_of(*devices, index);
                                      });
      if (!entry) {
        entry = NvmlDevice{"GPU" + std::to_string(index), static_cast<int>(index), {}, {}};
      }
      list.push_back(std::move(*entry));
    }
    return list;
  }

  /// What `ask` answers of the device, on its worker; `ask` must own what it touches.
  template <class T, class Ask>
  Result<T> on_device(std::string_view id, std::chrono::nanoseconds patience, Ask ask) {
    if (!is_open()) return not_initialized();
    const auto selector = Selector::parse(id, Selector::Bare::refused);
    if (!selector) return selector.error();
    const std::scoped_lock lock(mutex_);
    const auto* index = std::get_if<Selector::Index>(&selector->what);
    const bool is_numbered = index != nullptr && index->device < kMostDevices;
    return within_deadline<T>(
        is_numbered ? worker_of(index->device) : library_worker_, patience,
        [devices = devices_, selector = *selector, ask = std::move(ask)]() -> Result<T> {
          const auto gpu = devices->select(selector);
          if (!gpu) return gpu.error();
          return ask(*devices, *gpu);
        });
  }

  Result<NvmlStateEx> state(std::string_view id) {
    return on_device<NvmlStateEx>(
        id, kPatience,
        [](const NvmlDevices& devices, const nvidia::Gpu& gpu) -> Result<NvmlStateEx> {
          return nvml_state(readings_of(gpu, devices.machine().clock->steady()));
        });
  }

  Result<SetpointResult> apply(std::string_view id, const SettingWish& wish, bool dry_run) {
    return on_device<SetpointResult>(
        id, kChangePatience,
        [settings = settings_, wish, dry_run, refusal = instance_refusal(id)](
            const NvmlDevices& /*devices*/, const nvidia::Gpu& gpu) -> Result<SetpointResult> {
          if (refusal) return *refusal;
          return settings->apply(gpu, wish, dry_run);
        });
  }

  Result<ResetResult> reset(std::string_view id, bool dry_run, bool persistent) {
    return on_device<ResetResult>(
        id, kChangePatience,
        [settings = settings_, dry_run, persistent, refusal = instance_refusal(id)](
            const NvmlDevices& /*devices*/, const nvidia::Gpu& gpu) -> Result<ResetResult> {
          if (refusal) return *refusal;
          return settings->reset(gpu, dry_run, persistent);
        });
  }

 private:
  base::Worker& worker_of(std::int64_t index) {
    auto& worker = workers_[index];
    if (worker == nullptr) worker = std::make_unique<base::Worker>(devices_->machine().clock);
    return *worker;
  }

  std::shared_ptr<NvmlDevices> devices_;
  std::shared_ptr<NvmlSettings> settings_;
  base::Worker library_worker_;
  Result<void> opened_;
  std::mutex mutex_;
  std::map<std::int64_t, std::unique_ptr<base::Worker>> workers_;
};

NVMLBackend::NVMLBackend(Machine machine) noexcept {
  try {
    session_ = std::make_unique<Session>(std::move(machine));
  } catch (...) {
    session_ = nullptr;  // Construction never throws; initialized() tells.
  }
}

NVMLBackend::~NVMLBackend() = default;

bool NVMLBackend::initialized() const noexcept {
  return session_ != nullptr && session_->is_open();
}

std::vector<NvmlDevice> NVMLBackend::list_devices() const noexcept {
  if (!initialized()) return {};
  std::vector<NvmlDevice> list;
  if (auto failure = thrown_by([&] { list = session_->list(); })) list.clear();
  return list;
}

Result<NvmlStateEx> NVMLBackend::get_state_ex(std::string_view id) const noexcept {
  if (session_ == nullptr) return not_initialized();
  Result<NvmlStateEx> state = Error{};
  if (auto failure = thrown_by([&] { state = session_->state(id); })) state = std::move(*failure);
  return state;
}

std::optional<NvmlState> NVMLBackend::get_state(std::string_view id) const noexcept {
  const auto state = get_state_ex(id);
  // NOLINTNEXTLINE(cppcoreguidelines-slicing): the smaller record is what is asked for
  if (state) return static_cast<NvmlState>(*state);
  if (session_ != nullptr) session_->trace("get_state: " + state.error().text());
  return std::nullopt;
}

SetpointResult NVMLBackend::apply_setpoint(std::string_view device, std::string_view parameter,
                                           const NvmlValue& value, bool dry_run) noexcept {
  Result<SetpointResult> done = not_initialized();
  if (session_ != nullptr) {
    const SettingWish wish{std::string(parameter), value.value()};
    if (auto thrown = thrown_by([&] { done = session_->apply(device, wish, dry_run); })) {
      done = std::move(*thrown);
    }
  }
  SetpointResult result;
  if (done) {
    result = *std::move(done);
  } else {
    fail(result, done.error());
  }
  result.dry_run = dry_run;
  result.device = device;
  result.parameter = parameter;
  result.value = value.value();
  if (!result.success && session_ != nullptr) session_->trace("apply_setpoint: " + result.error);
  return result;
}

ResetResult NVMLBackend::reset_to_defaults(std::string_view device, bool dry_run,
                                           bool persistent) noexcept {
  Result<ResetResult> done = not_initialized();
  if (session_ != nullptr) {
    if (auto thrown = thrown_by([&] { done = session_->reset(device, dry_run, persistent); })) {
      done = std::move(*thrown);
    }
  }
  ResetResult result;
  if (done) {
    result = *std::move(done);
  } else {
    fail(result, done.error());
  }
  result.dry_run = dry_run;
  result.device = device;
  if (session_ == nullptr) return result;
  if (!result.success) session_->trace("reset_to_defaults: " + result.error);
  for (const NvmlItem& item : result.items) {
    if (!item.success && !item.skipped) session_->trace("reset_to_defaults: " + item.error);
  }
  return result;
}

}  // namespace accel::facade
