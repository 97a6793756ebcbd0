#include "render/list_text.hpp"

#include <algorithm>
#include <cctype>

#include "render/amount.hpp"
#include "render/device_title.hpp"
#include "render/host_text.hpp"

namespace accel::render {
namespace {

constexpr std::size_t kBlockIndent = 2;
constexpr std::size_t kDeviceIndent = 4;
constexpr std::size_t kFactIndent = 8;
constexpr std::size_t kFactColumn = 24;

std::string upper(std::string_view word) {
  std::string text(word);
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

/// "unknown: <reason>" for people, who are told what would help as well.
std::string why(const Absence& absence) {
  std::string text =
      absence.reason.empty() ? std::string(to_string(absence.status)) : absence.reason;
  if (!absence.remedy.empty()) text += " (" + absence.remedy + ")";
  return text;
}

/// Why a fact of a device is unknown, unless it is for the reason of the device's state, which
/// stands below, once.
std::string unknown(const AcceleratorInfo& info, const Absence& absence) {
  const bool is_said = !info.state_reason.empty() && absence.reason == info.state_reason;
  return is_said ? "unknown" : "unknown: " + why(absence);
}

template <class T, class Show>
void fact(Page& page, const AcceleratorInfo& info, std::string name, const Reading<T>& reading,
          const Show& show) {
  if (reading) {
    page.label(kFactIndent, kFactColumn, {std::move(name), show(*reading)});
  } else {
    page.label(kFactIndent, kFactColumn,
               {std::move(name), unknown(info, reading.absence()), Tone::faint});
  }
}

std::string same(const std::string& text) { return text; }

/// "nvidia 570.86.15", and what is known where one of the two is not.
void driver_fact(Page& page, const AcceleratorInfo& info) {
  const auto put = [&](std::string text, Tone tone = Tone::plain) {
    page.label(kFactIndent, kFactColumn, {"Driver:", std::move(text), tone});
  };
  const auto& version = info.driver_version;
  if (info.driver && version) {
    put(*info.driver + " " + *version);
  } else if (info.driver) {
    put(*info.driver + ", version " + unknown(info, version.absence()));
  } else if (version) {
    put(*version);
  } else if (info.driver.status() == ReadingStatus::no_driver) {
    put("none", Tone::warning);
  } else {
    put(unknown(info, info.driver.absence()), Tone::faint);
  }
}

std::string bus_text(const AcceleratorInfo& info) {
  std::string text =
      info.pci_address ? info.pci_address->text() : std::string("not on the PCI bus");
  if (info.bus_type && *info.bus_type != BusType::pcie) {
    text.append(", ").append(to_string(*info.bus_type));
  }
  if (info.pcie_gen) text.append(", PCIe gen ").append(std::to_string(*info.pcie_gen));
  if (info.numa_node) text.append(", NUMA node ").append(std::to_string(*info.numa_node));
  return text;
}

void state_facts(Page& page, const AcceleratorInfo& info) {
  if (info.state == DeviceState::ok) {
    if (!info.state_reason.empty()) {
      page.label(kFactIndent, kFactColumn, {"Note:", info.state_reason, Tone::faint});
    }
    return;
  }
  const Tone tone = info.state == DeviceState::asleep ? Tone::faint : Tone::warning;
  std::string text(to_string(info.state));
  if (!info.state_reason.empty()) text += ": " + info.state_reason;
  page.label(kFactIndent, kFactColumn, {"State:", text, tone});
  if (!info.state_remedy.empty()) {
    page.label(kFactIndent, kFactColumn, {"Remedy:", info.state_remedy, tone});
  }
}

void device_block(Page& page, const AcceleratorInfo& info) {
  page.line(kDeviceIndent, device_number(info) + " " + model_text(info), Tone::strong);
  fact(page, info, "Memory:", info.memory, [](Bytes size) { return size_text(size); });
  fact(page, info, "Compute Cap:", info.compute_capability, same);
  driver_fact(page, info);
  page.label(kFactIndent, kFactColumn, {"Bus:", bus_text(info)});
  page.label(kFactIndent, kFactColumn, {"UUID:", info.uuid});
  page.label(kFactIndent, kFactColumn, {"Support:", std::string(to_string(info.support_level))});
  state_facts(page, info);
}

/// A vendor's devices of one type under one heading, in the order in which they first appear.
void accelerator_blocks(Page& page, const std::vector<AcceleratorInfo>& accelerators) {
  const auto heading = [](const AcceleratorInfo& info) {
    return info.vendor + " " + upper(to_string(info.device_type)) + "s:";
  };
  std::vector<std::string> headings;
  for (const auto& info : accelerators) {
    if (std::ranges::find(headings, heading(info)) == headings.end()) {
      headings.push_back(heading(info));
    }
  }
  for (const auto& title : headings) {
    page.line(kBlockIndent, title, Tone::strong);
    for (const auto& info : accelerators) {
      if (heading(info) == title) device_block(page, info);
    }
  }
}

void accelerator_section(Page& page, const Inventory& inventory) {
  const auto& accelerators = inventory.hardware.accelerators;
  page.blank().line(0, "Accelerators", Tone::strong);
  for (const auto& problem : inventory.problems) {
    page.line(kBlockIndent, "Accelerator detection failed: " + problem.message, Tone::bad);
    if (!problem.remedy.empty()) page.line(kDeviceIndent, problem.remedy, Tone::faint);
  }
  if (accelerators.empty() && inventory.problems.empty()) {
    page.line(kBlockIndent, "No accelerators detected");
  }
  accelerator_blocks(page, accelerators);
  for (const auto& warning : inventory.hardware.warnings) page.line(0, warning, Tone::warning);
}

}  // namespace

std::string list_text(const Inventory& inventory, Look look) {
  Page page(look);
  page.simulated(inventory.simulated);
  host_text(page, inventory.hardware);
  accelerator_section(page, inventory);
  around_text(page, inventory.hardware);
  return page.take();
}

}  // namespace accel::render
