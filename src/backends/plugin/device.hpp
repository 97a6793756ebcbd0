// A plug-in's device.
#pragma once

#include <memory>

#include "accel/device.hpp"
#include "accel/pci_function.hpp"
#include "backends/plugin/session.hpp"

namespace accel::plugin {

/// `function` is what the bus shows at the device's address; null where it shows nothing.
[[nodiscard]] std::unique_ptr<Device> make_device(const accel_plugin_device_info& given,
                                                  const PciFunction* function,
                                                  std::shared_ptr<Session> session,
                                                  std::shared_ptr<Clock> clock);

/// Ours for the word; `otherwise` for a word that is none.
[[nodiscard]] DeviceType device_type(const char* word, DeviceType otherwise);

}  // namespace accel::plugin
