#include "write.hpp"

#include <cerrno>

#include "../model/card_settings.hpp"
#include "text.hpp"

namespace accel::sim {
namespace {

/// Documentation/ABI/testing/sysfs-devices-power. "on" wakes a device at once; when one would fall
/// asleep again is not modelled.
int write_power_control(Card& card, std::string_view text) {
  const std::string_view word = without_newline(text);
  if (word != "on" && word != "auto") return EINVAL;
  card.stays_awake = word == "on" ? 1 : 0;
  if (word == "on" && card.gpu.suspended != 0) {
    card.gpu.suspended = 0;
    ++card.gpu.wake_count;
  }
  return 0;
}

int dispatch(Setting& setting, std::string_view name, std::string_view text) {
  switch (setting.product.driver) {
    case Driver::amdgpu: return write_amdgpu(setting, name, text);
    case Driver::i915:
    case Driver::xe: return write_intel(setting, name, text);
    case Driver::habanalabs: return write_habanalabs(setting, name, text);
    default: return EACCES;
  }
}

}  // namespace

int write_card(Node& node, Card& card, std::string_view name, std::string_view text) {
  if (name == "power/control") return write_power_control(card, text);
  Setting setting{card, board_of(node, card.gpu), product_of(node, card)};
  const int error = dispatch(setting, name, text);
  if (error == EACCES) return error;  // Nothing was asked of the device.
  if (card.gpu.suspended != 0) {
    card.gpu.suspended = 0;
    ++card.gpu.wake_count;
  }
  if (error == 0) apply_settings(node, card);
  return error;
}

}  // namespace accel::sim
