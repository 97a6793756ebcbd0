#include "backends/plugin/device.hpp"

#include <utility>

#include "backends/plugin/reading.hpp"
#include "core/bare_device.hpp"
#include "core/device_state.hpp"

namespace accel::plugin {
namespace {

Reading<std::string> reading_of(const char* text, const std::string& source) {
  if (text == nullptr) {
    return {Absence{ReadingStatus::unsupported, source + " does not tell", ""}, source};
  }
  return {std::string(text), source};
}

/// Keeps what the bus knows where the plug-in says nothing.
void take(Reading<std::string>& field, const char* text, const std::string& source) {
  if (text != nullptr || !field) field = reading_of(text, source);
}

DeviceState state_of(accel_plugin_status status) {
  switch (status) {
    case ACCEL_PLUGIN_OK: return DeviceState::ok;
    case ACCEL_PLUGIN_ASLEEP: return DeviceState::asleep;
    case ACCEL_PLUGIN_NO_PERMISSION: return DeviceState::no_permission;
    case ACCEL_PLUGIN_NO_DRIVER: return DeviceState::no_driver;
    case ACCEL_PLUGIN_HUNG: return DeviceState::hung;
    case ACCEL_PLUGIN_LOST: return DeviceState::lost;
    default: return DeviceState::error;
  }
}

AcceleratorInfo identity(const accel_plugin_device_info& given, const PciFunction* function,
                         const Library& library) {
  const std::string& source = library.file;
  AcceleratorInfo info = function == nullptr ? AcceleratorInfo{} : bus_identity(*function);
  info.vendor = library.functions.vendor;
  info.device_type =
      device_type(given.device_type, device_type(library.functions.device_type, DeviceType::other));
  if (given.pci_address != nullptr && function == nullptr) {
    info.pci_address = {PciAddress::parse(given.pci_address), source};
  }
  if (given.uuid != nullptr) {
    info.uuid = given.uuid;
  } else if (given.serial != nullptr) {
    info.uuid = given.serial;
  } else if (info.uuid.empty() && info.pci_address) {
    info.uuid = "PCI-" + info.pci_address->text();
  }
  info.parent = text_of(given.parent_uuid);
  take(info.model, given.model, source);
  take(info.driver, given.driver, source);
  info.serial = reading_of(given.serial, source);
  info.driver_version = reading_of(given.driver_version, source);
  info.firmware_version = reading_of(given.firmware_version, source);
  info.compute_capability = reading_of(given.compute_capability, source);
  if ((given.known & ACCEL_PLUGIN_KNOWS_MEMORY) != 0) {
    info.memory = {Bytes{given.memory_bytes}, source};
  }
  if ((given.known & ACCEL_PLUGIN_KNOWS_NUMA_NODE) != 0) info.numa_node = {given.numa_node, source};
  for (std::uint32_t i = 0; given.device_nodes != nullptr && i < given.device_node_count; ++i) {
    if (given.device_nodes[i] != nullptr) info.device_nodes.emplace_back(given.device_nodes[i]);
  }
  info.state = state_of(given.state);
  info.state_reason = text_of(given.state_reason);
  info.state_remedy = text_of(given.state_remedy);
  return info;
}

class PluginDevice final : public Device {
 public:
  PluginDevice(AcceleratorInfo info, accel_plugin_device* device, std::shared_ptr<Session> session,
               std::shared_ptr<Clock> clock)
      : info_(std::move(info)),
        device_(device),
        session_(std::move(session)),
        clock_(std::move(clock)) {}

  const AcceleratorInfo& info() const override { return info_; }

  void sample(ReadingSet& out) override {
    Filing filing{out, *session_, clock_->steady()};
    const auto done = session_->sample(device_, add_reading, &filing);
    if (!done) fill_absent(out, absence_of(done.error()));
  }

 private:
  struct Filing {
    ReadingSet& out;
    Session& session;
    SteadyTime now;
  };

  static void add_reading(void* context, const accel_plugin_reading* given) {
    auto& filing = *static_cast<Filing*>(context);
    if (given == nullptr) return;
    const accel_plugin_reading reading = known_part(given);
    if (!file_reading(reading, filing.now, filing.out)) {
      filing.session.note_unknown_key(reading.key == nullptr ? "(no key)" : reading.key);
    }
  }

  AcceleratorInfo info_;
  accel_plugin_device* device_;
  std::shared_ptr<Session> session_;
  std::shared_ptr<Clock> clock_;
};

}  // namespace

DeviceType device_type(const char* word, DeviceType otherwise) {
  for (int type = 0; type <= static_cast<int>(DeviceType::other); ++type) {
    if (to_string(static_cast<DeviceType>(type)) == text_of(word)) {
      return static_cast<DeviceType>(type);
    }
  }
  return otherwise;
}

std::unique_ptr<Device> make_device(const accel_plugin_device_info& given,
                                    const PciFunction* function, std::shared_ptr<Session> session,
                                    std::shared_ptr<Clock> clock) {
  AcceleratorInfo info = identity(given, function, session->library());
  return std::make_unique<PluginDevice>(std::move(info), given.device, std::move(session),
                                        std::move(clock));
}

}  // namespace accel::plugin
