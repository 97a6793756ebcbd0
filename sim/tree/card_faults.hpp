// Which of a card's files are spoilt by the faults that were injected, and how.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "../model/node.hpp"

namespace accel::sim {

class CardFaults {
 public:
  /// Those that bite at model time `now`.
  CardFaults(const Node& node, const Card& card, std::int64_t now);

  enum class Spoilt { no, missing, unreadable, garbage };
  /// `name` as the driver's table has it, "hwmon/hwmon3/temp1_input"; a fault names its end.
  [[nodiscard]] Spoilt spoilt(std::string_view name) const;
  /// The device fell off the bus.
  [[nodiscard]] bool is_lost() const { return is_lost_; }
  [[nodiscard]] bool is_hung() const { return is_hung_; }
  /// How much longer it takes to read the card, ns.
  [[nodiscard]] std::int64_t delay() const { return delay_; }
  /// Changes with the set of faults; 0 without any that changes files.
  [[nodiscard]] std::uint64_t fingerprint() const { return fingerprint_; }

 private:
  std::vector<const Fault*> on_files_;
  bool is_lost_ = false;
  bool is_hung_ = false;
  std::int64_t delay_ = 0;
  std::uint64_t fingerprint_ = 0;
};

/// Takes one from the readings that faults on the card still let pass. Caller holds the lock.
void count_reading(Node& node, const Card& card);

}  // namespace accel::sim
