#include "backends/intel/hwmon.hpp"

#include <algorithm>
#include <array>

#include "base/number.hpp"

namespace accel::intel {
namespace {

using base::Dir;

/// What a temperature file without a label is: xe_hwmon.c, and the i915 document of kernel 6.13.
struct Unlabelled {
  bool is_i915;
  int number;
  std::string_view label;
};
constexpr std::array kUnlabelled{Unlabelled{true, 1, "pkg"}, Unlabelled{false, 2, "pkg"},
                                 Unlabelled{false, 3, "vram"}, Unlabelled{false, 4, "mctrl"},
                                 Unlabelled{false, 5, "pcie"}};

constexpr std::string_view kInput = "_input";

/// The numbers of the files "STEM<n>_input", in order.
std::vector<int> numbers_of(const Dir& dir, std::string_view stem) {
  std::vector<int> numbers;
  for (const Dir& file : dir.children(stem)) {
    const std::string whole = file.name();
    std::string_view name = whole;
    if (!name.ends_with(kInput)) continue;
    name.remove_prefix(stem.size());
    name.remove_suffix(kInput.size());
    const auto number = base::parse_integer(name);
    constexpr std::int64_t most = 999;
    if (number && *number >= 0 && *number <= most) numbers.push_back(static_cast<int>(*number));
  }
  std::ranges::sort(numbers);
  return numbers;
}

}  // namespace

Hwmon::Hwmon(const Place& place, bool is_discrete) : is_i915_(place.driver() == "i915") {
  const Dir parent = place.device().child("hwmon");
  source_ = parent.path().string();
  for (const Dir& candidate : parent.children("hwmon")) {
    // i915 has further ones for the parts of a card, "i915_gt0" (i915_hwmon.c).
    const auto name = candidate.text("name");
    if (!name || *name != place.driver()) continue;
    dir_ = candidate;
    source_ = candidate.path().string();
    return;
  }
  missing_ = {ReadingStatus::unsupported,
              is_discrete ? source_ + ": no folder whose name is '" + place.driver() + "'"
                          : place.driver() + " has no sensors of integrated GPUs",
              is_discrete ? "a newer kernel may offer it (i915 6.2, xe 6.8)"
                          : "the processor's own sensors cover it"};
}

std::vector<TemperatureSensor> Hwmon::temperature_sensors() const {
  std::vector<TemperatureSensor> sensors;
  if (!dir_) return sensors;
  for (const int number : numbers_of(*dir_, "temp")) {
    const std::string files = "temp" + std::to_string(number);
    auto label = dir_->text(files + "_label");
    if (!label) {
      const auto* const known = std::ranges::find_if(kUnlabelled, [&](const Unlabelled& row) {
        return row.is_i915 == is_i915_ && row.number == number;
      });
      label = known == kUnlabelled.end() ? std::string() : std::string(known->label);
    }
    sensors.push_back({std::move(*label), files});
  }
  return sensors;
}

std::vector<int> Hwmon::fans() const {
  return dir_ ? numbers_of(*dir_, "fan") : std::vector<int>{};
}

}  // namespace accel::intel
