#include "cli/problems.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace accel::cli {
namespace {

using Infos = std::vector<const AcceleratorInfo*>;

bool is_of(const AcceleratorInfo& info, const BackendEntry& entry) {
  const bool is_on_its_bus =
      info.pci_ids &&
      std::ranges::find(entry.pci_vendors, info.pci_ids->vendor) != entry.pci_vendors.end();
  return is_on_its_bus || info.vendor == entry.vendor;
}

bool names(std::string_view text, const AcceleratorInfo& info) {
  const auto has = [&](std::string_view name) {
    return !name.empty() && text.find(name) != std::string_view::npos;
  };
  return has(info.uuid) || (info.pci_address && has(info.pci_address->text()));
}

bool concerns(const Error& problem, const Infos& shown, const Infos& all) {
  const auto is_named = [&](const AcceleratorInfo* info) { return names(problem.message, *info); };
  return std::ranges::any_of(shown, is_named) || std::ranges::none_of(all, is_named);
}

}  // namespace

std::vector<Error> problems_of(const Context& context, const System& system,
                               std::span<const std::size_t> positions) {
  if (context.settings.devices.empty()) return system.problems();
  const Infos all = system.devices();
  Infos shown;
  shown.reserve(positions.size());
  for (const std::size_t position : positions) shown.push_back(all[position]);
  std::vector<Error> problems;
  for (const VendorReport& vendor : system.vendors()) {
    const bool is_shown = std::ranges::any_of(
        shown, [&](const AcceleratorInfo* info) { return is_of(*info, *vendor.entry); });
    if (!is_shown) continue;
    std::ranges::copy_if(vendor.problems, std::back_inserter(problems),
                         [&](const Error& problem) { return concerns(problem, shown, all); });
  }
  return problems;
}

}  // namespace accel::cli
