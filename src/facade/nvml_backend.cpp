#include "accel/facade/nvml_backend.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

#include "backends/nvidia/readings.hpp"
#include "facade/nvml_devices.hpp"
#include "facade/nvml_state.hpp"
#include "facade/within_deadline.hpp"

namespace accel::facade {
namespace {

constexpr auto kPatience = std::chrono::seconds(2);
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

  Result<NvmlStateEx> state(std::string_view id) {
    if (!is_open()) return Error{Errc::nvml_error, "NVML not initialized", "", {}};
    const auto selector = Selector::parse(id, Selector::Bare::refused);
    if (!selector) return selector.error();
    const std::scoped_lock lock(mutex_);
    const auto* index = std::get_if<Selector::Index>(&selector->what);
    const bool is_numbered = index != nullptr && index->device < kMostDevices;
    return within_deadline<NvmlStateEx>(
        is_numbered ? worker_of(index->device) : library_worker_, kPatience,
        [devices = devices_, selector = *selector]() -> Result<NvmlStateEx> {
          const auto gpu = devices->select(selector);
          if (!gpu) return gpu.error();
          return nvml_state(readings_of(*gpu, devices->machine().clock->steady()));
        });
  }

 private:
  base::Worker& worker_of(std::int64_t index) {
    auto& worker = workers_[index];
    if (worker == nullptr) worker = std::make_unique<base::Worker>(devices_->machine().clock);
    return *worker;
  }

  std::shared_ptr<NvmlDevices> devices_;
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
  if (session_ == nullptr) return Error{Errc::nvml_error, "NVML not initialized", "", {}};
  Result<NvmlStateEx> state = Error{};
  if (auto failure = thrown_by([&] { state = session_->state(id); })) state = std::move(*failure);
  return state;
}

std::optional<NvmlState> NVMLBackend::get_state(std::string_view id) const noexcept {
  auto state = get_state_ex(id);
  if (state) return static_cast<NvmlState>(*state);
  if (session_ != nullptr) session_->trace("get_state: " + state.error().text());
  return std::nullopt;
}

}  // namespace accel::facade
