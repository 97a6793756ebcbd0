// A vendor of our registry behind the facade's interface: a System with that one vendor in it.
#include <array>
#include <mutex>

#include "accel/facade/accelerator_backend.hpp"
#include "accel/system.hpp"
#include "core/thrown_by.hpp"

namespace accel::facade {
namespace {

/// Thread-safe.
class SystemBackend final : public AcceleratorBackend {
 public:
  SystemBackend(const BackendEntry& entry, const Machine& machine) : entries_{entry} {
    VENDOR_NAME = entry.vendor;
    DEVICE_TYPE = to_string(entry.device_type);
    system_ = std::make_unique<System>(machine, entries_);
    system_->discover();
    const auto devices = system_->devices();
    for (std::size_t at = 0; at < devices.size(); ++at) {
      // The bus shows other vendors' devices as well; partitions belong to their device.
      if (devices[at]->vendor == VENDOR_NAME && devices[at]->partition < 0) {
        positions_.push_back(at);
      }
    }
  }

  int get_device_count() override {
    const std::scoped_lock lock(mutex_);
    return static_cast<int>(positions_.size());
  }

  std::vector<AcceleratorInfo> list_devices() override {
    const std::scoped_lock lock(mutex_);
    std::vector<AcceleratorInfo> records;
    for (const std::size_t at : positions_) records.push_back(to_record(*system_->devices()[at]));
    return records;
  }

  std::optional<double> get_temperature(int index) override {
    const auto temperature = fresh(sample(index).get(metric::temperature));
    if (!temperature) return std::nullopt;
    return shown(*temperature);
  }

  std::optional<MemoryUsage> get_memory_usage(int index) override {
    const ReadingSet readings = sample(index);
    const MemoryUsage usage{bytes_of(readings.get(metric::memory_total)),
                            bytes_of(readings.get(metric::memory_used)),
                            bytes_of(readings.get(metric::memory_free))};
    if (!usage.total && !usage.used && !usage.free) return std::nullopt;
    return usage;
  }

  std::optional<Utilization> get_utilization(int index) override {
    const ReadingSet readings = sample(index);
    const Utilization utilization{points_of(readings.get(metric::utilization)),
                                  points_of(readings.get(metric::utilization_memory_controller))};
    if (!utilization.compute && !utilization.memory) return std::nullopt;
    return utilization;
  }

  std::optional<double> get_power_usage(int index) override {
    const auto power = fresh(sample(index).get(metric::power));
    if (!power) return std::nullopt;
    return shown(*power);
  }

  std::vector<std::string> get_throttle_reasons(int index) override {
    const auto reasons = fresh(sample(index).get(metric::throttle));
    return reasons ? *reasons : std::vector<std::string>{};
  }

  void shutdown() noexcept override {
    const std::scoped_lock lock(mutex_);
    positions_.clear();
    // What a vendor's library does while it goes is of use to nobody any more.
    (void)thrown_by([this] { system_.reset(); });
  }

  bool monitors() const override { return true; }

 private:
  /// The value only where it is one of now: this interface cannot say how old it is.
  template <class T>
  static std::optional<T> fresh(const Reading<T>& reading) {
    return reading.status() == ReadingStatus::ok ? reading.optional() : std::nullopt;
  }
  static std::optional<std::int64_t> bytes_of(const Reading<Bytes>& reading) {
    const auto size = fresh(reading);
    if (!size) return std::nullopt;
    return size->value;
  }
  static std::optional<double> points_of(const Reading<Ratio>& reading) {
    const auto share = fresh(reading);
    if (!share) return std::nullopt;
    return share->value * 100.0;
  }

  ReadingSet sample(int index) {
    const std::scoped_lock lock(mutex_);
    if (index < 0 || index >= std::ssize(positions_)) return {};
    const std::size_t position = positions_[static_cast<std::size_t>(index)];
    return system_->sample(std::span(&position, 1), {}).front().readings;
  }

  std::array<BackendEntry, 1> entries_;
  std::mutex mutex_;
  std::unique_ptr<System> system_;  // Null after shutdown().
  std::vector<std::size_t> positions_;
};

}  // namespace

std::unique_ptr<AcceleratorBackend> make_accelerator_backend(const BackendEntry& entry,
                                                             const Machine& machine) {
  return std::make_unique<SystemBackend>(entry, machine);
}

}  // namespace accel::facade
