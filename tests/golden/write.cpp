#include "golden/write.hpp"

#include <variant>

namespace accel::golden {
namespace {

using Json = nlohmann::ordered_json;

/// Texts of ours name files below the root of the temporary machine.
std::string without(std::string text, const std::string& root) {
  for (auto at = text.find(root); at != std::string::npos; at = text.find(root, at)) {
    text.erase(at, root.size());
  }
  return text;
}

class Writer {
 public:
  explicit Writer(const std::string& root) : root_(root) {}

  template <class T, class Show>
  Json reading(const Reading<T>& reading, Show show) const {
    if (!reading) {
      return {{"status", to_string(reading.status())},
              {"reason", without(reading.reason(), root_)}};
    }
    Json json{{"value", show(*reading)}};
    if (!reading.source().empty()) json["source"] = without(reading.source(), root_);
    return json;
  }

  Json readings(const ReadingSet& set) const {
    Json json = Json::object();
    for (const auto& entry : set.entries()) {
      json[ReadingSet::name(entry)] = reading(entry.reading, [](const ReadingValue& value) {
        return std::visit([](const auto& held) { return Json(held); }, value);
      });
    }
    return json;
  }

  Json identity(const AcceleratorInfo& info) const {
    const auto plain = [](const auto& value) { return Json(value); };
    const auto named = [](auto value) { return Json(to_string(value)); };
    Json json;
    json["uuid"] = info.uuid;
    json["vendor"] = info.vendor;
    json["device_type"] = to_string(info.device_type);
    json["global_index"] = info.global_index;
    json["partition"] = info.partition;
    json["parent"] = info.parent;
    json["state"] = to_string(info.state);
    json["state_reason"] = without(info.state_reason, root_);
    json["model"] = reading(info.model, plain);
    json["compute_capability"] = reading(info.compute_capability, plain);
    json["memory"] = reading(info.memory, [](Bytes size) { return Json(size.value); });
    json["bus_type"] = reading(info.bus_type, named);
    json["pcie_gen"] = reading(info.pcie_gen, plain);
    json["bandwidth_gbps"] = reading(info.bandwidth_gbps, plain);
    json["driver"] = reading(info.driver, plain);
    json["driver_version"] = reading(info.driver_version, plain);
    json["firmware_version"] = reading(info.firmware_version, plain);
    json["serial"] = reading(info.serial, plain);
    json["gpu_type"] = reading(info.gpu_type, named);
    json["numa_node"] = reading(info.numa_node, plain);
    json["pci_address"] =
        reading(info.pci_address, [](const PciAddress& address) { return Json(address.text()); });
    json["pci_ids"] = reading(info.pci_ids, [](const PciIds& ids) {
      return Json{ids.vendor,           ids.device,     ids.subsystem_vendor,
                  ids.subsystem_device, ids.class_code, ids.revision};
    });
    json["device_nodes"] = info.device_nodes;
    json["extra"] = Json::object();
    for (const auto& [key, value] : info.extra) {
      json["extra"][key] = std::visit([](const auto& held) { return Json(held); }, value);
    }
    return json;
  }

 private:
  const std::string& root_;
};

}  // namespace

nlohmann::ordered_json written(System& system, const std::string& root) {
  const Writer writer(root);
  Json json;
  json["devices"] = Json::array();
  for (const DeviceSample& sample : system.sample_all({})) {
    json["devices"].push_back({{"identity", writer.identity(*sample.info)},
                               {"readings", writer.readings(sample.readings)}});
  }
  json["problems"] = Json::array();
  for (const Error& problem : system.problems()) {
    json["problems"].push_back(without(problem.message, root));
  }
  return json;
}

}  // namespace accel::golden
