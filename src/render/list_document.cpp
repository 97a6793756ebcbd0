#include "render/list_document.hpp"

#include <algorithm>

#include "render/accelerator_document.hpp"
#include "render/host_documents.hpp"

namespace accel::render {
namespace {

template <class Item, class Show>
Document array_of(const std::vector<Item>& items, const Show& show) {
  Document::Array array;
  array.reserve(items.size());
  for (const auto& item : items) array.emplace_back(show(item));
  return array;
}

}  // namespace

Document simulated_mark(const std::string& scenario) {
  return scenario.empty() ? Document() : Document(scenario);
}

Document error_document(const Error& error) {
  Document::Object object{{"code", traits(error.code).name},
                          {"message", error.message},
                          {"severity", to_string(error.severity())},
                          {"recoverable", error.recoverable()}};
  if (!error.remedy.empty()) object.push_back({"remedy", error.remedy});
  if (!error.details.empty()) {
    Document::Object details;
    for (const auto& [key, value] : error.details) details.push_back({key, value});
    object.push_back({"details", std::move(details)});
  }
  return object;
}

Document list_document(const Inventory& inventory) {
  const HardwareInfo& hardware = inventory.hardware;
  // A partition and the device it belongs to are not two accelerators.
  const auto whole_devices = std::ranges::count_if(
      hardware.accelerators, [](const AcceleratorInfo& info) { return info.parent.empty(); });
  return Document::Object{
      {"schema", "accel/list/1"},
      {"simulated", simulated_mark(inventory.simulated)},
      {"platform", platform_document(hardware.platform)},
      {"cpu", cpu_document(hardware.cpu)},
      {"memory", memory_document(hardware.memory)},
      {"accelerator_count", whole_devices},
      {"accelerators", array_of(hardware.accelerators, accelerator_document)},
      {"storage", array_of(hardware.storage, storage_document)},
      {"network", array_of(hardware.network, network_document)},
      {"software", array_of(hardware.software, software_document)},
      {"warnings",
       array_of(hardware.warnings, [](const std::string& text) { return Document(text); })},
      {"problems", array_of(inventory.problems, error_document)}};
}

}  // namespace accel::render
