// What the devices did until now, as far back as the widest screen shows.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>

#include "cli/top/sample.hpp"

namespace accel::cli::top {

/// The latest values of one figure. One that was not known when it was sampled is a gap, never 0.
class Series {
 public:
  static constexpr std::size_t capacity = 320;

  void add(const Figure& figure) {
    next_ = (next_ + 1) % capacity;
    values_[next_] = figure.is_known() ? static_cast<float>(figure.value) : NAN;
    if (size_ < capacity) ++size_;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// 0 is the latest; NaN for a gap. `ago` is less than size().
  [[nodiscard]] double at(std::size_t ago) const {
    return static_cast<double>(values_[(next_ + capacity - ago) % capacity]);
  }

 private:
  std::array<float, capacity> values_ = {};
  std::size_t size_ = 0;
  std::size_t next_ = 0;
};

/// The figures that are remembered.
enum class Trend : std::size_t { busy, memory, power, temperature };
inline constexpr std::size_t kTrends = 4;

class History {
 public:
  /// Also forgets devices that the sample does not have.
  void add(const Sample& sample);
  /// Null for a device that was in no sample.
  [[nodiscard]] const Series* find(const std::string& device, Trend trend) const;

 private:
  struct Record {
    std::array<Series, kTrends> trends;
    bool seen = false;
  };
  std::map<std::string, Record, std::less<>> records_;
};

/// Memory in use as a share of what there is; known where both are.
[[nodiscard]] Figure memory_share(const DeviceRow& row);

}  // namespace accel::cli::top
