// The flat record of an accelerator as JSON and back.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "accel/facade/accelerator_info.hpp"

namespace accel::facade {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 10> kDeviceTypes{"gpu", "npu",  "tpu", "lpu", "wse",
                                                        "dsp", "fpga", "vpu", "hpu", "other"};
constexpr std::array<std::string_view, 7> kBusTypes{"pcie", "sxm", "nvlink", "infinity_fabric",
                                                    "soc",  "usb", "network"};

/// Every optional field under its key, in document order: visit(key, field).
template <class Record, class Visit>
void for_each_field(Record& record, Visit visit) {
  visit("model", record.model);
  visit("compute_capability", record.compute_capability);
  visit("memory_gb", record.memory_gb);
  visit("memory_bytes", record.memory_bytes);
  visit("bus_type", record.bus_type);
  visit("pcie_gen", record.pcie_gen);
  visit("bandwidth_gbps", record.bandwidth_gbps);
  visit("driver_version", record.driver_version);
  visit("firmware_version", record.firmware_version);
  visit("uuid", record.uuid);
  visit("global_index", record.global_index);
  visit("pci_address", record.pci_address);
  visit("gpu_type", record.gpu_type);
  visit("numa_node", record.numa_node);
  visit("serial", record.serial);
  visit("parent", record.parent);
  visit("state", record.state);
  visit("support_level", record.support_level);
}

Error wrong(std::string_view key, std::string_view why) {
  return {Errc::serialization_error, std::string(key) + ": " + std::string(why), "", {}};
}

Json extra_json(const std::vector<std::pair<std::string, ExtraValue>>& extra) {
  Json object = Json::object();
  for (const auto& [key, value] : extra) {
    std::visit([&, &name = key](const auto& plain) { object[name] = plain; }, value);
  }
  return object;
}

Result<ExtraValue> extra_value(const std::string& key, const Json& value) {
  if (value.is_boolean()) return ExtraValue(value.get<bool>());
  if (value.is_number_integer()) return ExtraValue(value.get<std::int64_t>());
  if (value.is_number_float()) return ExtraValue(value.get<double>());
  if (value.is_string()) return ExtraValue(value.get<std::string>());
  return wrong("extra_info." + key, "is no number, text or truth value");
}

bool fits(const Json& value, const std::optional<std::string>& /*field*/) {
  return value.is_string();
}
bool fits(const Json& value, const std::optional<double>& /*field*/) { return value.is_number(); }
template <class Integer>
bool fits(const Json& value, const std::optional<Integer>& /*field*/) {
  return value.is_number_integer();
}

template <class T>
Result<T> required(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return wrong(key, "is missing");
  if (!fits(*found, std::optional<T>())) return wrong(key, "is of the wrong type");
  return found->template get<T>();
}

Result<void> read_optional_fields(const Json& object, AcceleratorInfo& record) {
  std::optional<Error> failure;
  for_each_field(record, [&](const char* key, auto& field) {
    const auto found = object.find(key);
    if (failure || found == object.end() || found->is_null()) return;
    if (!fits(*found, field)) {
      failure = wrong(key, "is of the wrong type");
      return;
    }
    field = found->template get<typename std::remove_reference_t<decltype(field)>::value_type>();
  });
  if (failure) return std::move(*failure);
  const auto extra = object.find("extra_info");
  if (extra == object.end() || extra->is_null()) return {};
  if (!extra->is_object()) return wrong("extra_info", "is no object");
  record.extra_info.emplace();
  for (const auto& [key, value] : extra->items()) {
    auto read = extra_value(key, value);
    if (!read) return read.error();
    record.extra_info->emplace_back(key, std::move(*read));
  }
  return {};
}

Result<void> check(const AcceleratorInfo& record) {
  if (std::ranges::find(kDeviceTypes, record.device_type) == kDeviceTypes.end()) {
    return wrong("device_type", "'" + record.device_type + "' is none");
  }
  if (record.bus_type && std::ranges::find(kBusTypes, *record.bus_type) == kBusTypes.end()) {
    return wrong("bus_type", "'" + *record.bus_type + "' is none");
  }
  if (record.pcie_gen && *record.pcie_gen < 1) return wrong("pcie_gen", "must be positive");
  return {};
}

}  // namespace

std::string to_json(const AcceleratorInfo& record) {
  Json object{
      {"vendor", record.vendor}, {"device_type", record.device_type}, {"index", record.index}};
  for_each_field(record, [&](const char* key, const auto& field) {
    object[key] = field ? Json(*field) : Json();
  });
  object["extra_info"] = record.extra_info ? extra_json(*record.extra_info) : Json();
  // Text that is no UTF-8 (a vendor's serial may be anything) must not make the record unreadable.
  return object.dump(2, ' ', false, Json::error_handler_t::replace);
}

Result<AcceleratorInfo> accelerator_info_from_json(std::string_view json) {
  const Json object = Json::parse(json, nullptr, false);
  if (object.is_discarded() || !object.is_object()) {
    return Error{Errc::serialization_error, "not a JSON object", "", {}};
  }
  const auto vendor = required<std::string>(object, "vendor");
  if (!vendor) return vendor.error();
  const auto type = required<std::string>(object, "device_type");
  if (!type) return type.error();
  const auto index = required<int>(object, "index");
  if (!index) return index.error();
  AcceleratorInfo record;
  record.vendor = *vendor;
  record.device_type = *type;
  record.index = *index;
  if (auto read = read_optional_fields(object, record); !read) return read.error();
  if (auto valid = check(record); !valid) return valid.error();
  return record;
}

}  // namespace accel::facade
