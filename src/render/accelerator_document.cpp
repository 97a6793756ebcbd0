#include "render/accelerator_document.hpp"

#include <array>

#include "render/facts.hpp"

namespace accel::render {
namespace {

Document ids_document(const PciIds& ids) {
  return Document::Object{{"vendor", hex_text(ids.vendor, 4)},
                          {"device", hex_text(ids.device, 4)},
                          {"subsystem_vendor", hex_text(ids.subsystem_vendor, 4)},
                          {"subsystem_device", hex_text(ids.subsystem_device, 4)},
                          {"class", hex_text(ids.class_code, 6)},
                          {"revision", hex_text(ids.revision, 2)}};
}

Document gibibytes(Bytes size) { return size.value >> 30; }

Document text_or_null(const std::string& text) { return text.empty() ? Document() : text; }

Document extra_document(const AcceleratorInfo& info) {
  Document::Object extra;
  for (const auto& [key, value] : info.extra) {
    extra.push_back({key, std::visit([](const auto& held) { return Document(held); }, value)});
  }
  return extra;
}

}  // namespace

std::string hex_text(std::uint32_t number, int digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    text += kDigits[(number >> static_cast<unsigned>(shift)) & 0xFU];
  }
  return text;
}

Document accelerator_document(const AcceleratorInfo& info) {
  Document::Array nodes(info.device_nodes.begin(), info.device_nodes.end());
  Facts facts;
  facts.add("global_index", info.global_index)
      .add("index", info.index)
      .add("vendor", info.vendor)
      .add("device_type", to_string(info.device_type))
      .add("model", info.model)
      .add("uuid", info.uuid)
      .add("state", to_string(info.state))
      .add("state_reason", text_or_null(info.state_reason))
      .add("state_remedy", text_or_null(info.state_remedy))
      .add("pci_address", info.pci_address)
      .add("memory_gb", info.memory, gibibytes)
      .add("memory_bytes", info.memory)
      .add("compute_capability", info.compute_capability)
      .add("driver", info.driver)
      .add("driver_version", info.driver_version)
      .add("firmware_version", info.firmware_version)
      .add("serial", info.serial)
      .add("gpu_type", info.gpu_type)
      .add("bus_type", info.bus_type)
      .add("pcie_gen", info.pcie_gen)
      .add("bandwidth_gbps", info.bandwidth_gbps)
      .add("numa_node", info.numa_node)
      .add("pci_ids", info.pci_ids, ids_document)
      .add("parent", text_or_null(info.parent))
      .add("partition", info.partition < 0 ? Document() : Document(info.partition))
      .add("device_nodes", Document(std::move(nodes)))
      .add("support_level", to_string(info.support_level))
      .add("extra_info", extra_document(info));
  return facts.take();
}

std::vector<std::string> accelerator_fields() {
  std::vector<std::string> names;
  const Document empty = accelerator_document({});
  for (const auto& member : *empty.members()) {
    if (member.key != "missing") names.push_back(member.key);
  }
  return names;
}

}  // namespace accel::render
