#include "cli/vendor_levels.hpp"

namespace accel::cli {
namespace {

render::VendorLevel level_of(const BackendEntry& entry, int device_count) {
  return {std::string(entry.vendor), entry.verification, std::string(entry.verified_on),
          device_count};
}

}  // namespace

std::vector<render::VendorLevel> vendor_levels(const std::vector<VendorReport>& reports) {
  std::vector<render::VendorLevel> levels;
  levels.reserve(reports.size());
  for (const auto& report : reports) levels.push_back(level_of(*report.entry, report.device_count));
  return levels;
}

std::vector<render::VendorLevel> vendor_levels(const std::vector<BackendEntry>& entries) {
  std::vector<render::VendorLevel> levels;
  levels.reserve(entries.size());
  for (const auto& entry : entries) levels.push_back(level_of(entry, -1));
  return levels;
}

}  // namespace accel::cli
