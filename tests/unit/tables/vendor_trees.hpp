// A machine with one device, for each vendor that is a table: invented values in the form that the
// driver's document gives, and what should be read of them.
#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "accel/metric.hpp"
#include "support/fake_tree.hpp"

namespace accel::testing {

/// A file of the driver, and the reading that comes of it.
struct DriverFile {
  std::filesystem::path path;  ///< below the tree's root
  std::string text;
  const MetricRow* metric = nullptr;     ///< null: a fact, or a file that is no reading
  ReadingValue value = std::int64_t{0};  ///< in base units
  int instance = -1;
  bool is_list = false;  ///< several numbers are nothing wrong
};

struct VendorTree {
  std::string_view vendor;  ///< of the registry
  std::string_view maker;   ///< of the device
  std::string_view uuid;
  std::string_view type;
  /// The function or platform device, and everything that is not in `files`; gives its folder.
  std::filesystem::path (*add_device)(FakeTree& tree, const std::string& runtime_status);
  std::vector<DriverFile> files;
};

/// At least one for each table.
[[nodiscard]] const std::vector<VendorTree>& vendor_trees();

/// Adds the device and its files, and gives the device's folder.
std::filesystem::path build(FakeTree& tree, const VendorTree& vendor,
                            const std::string& runtime_status = "active");

// NOLINTNEXTLINE(readability-identifier-naming): GoogleTest looks for this name
inline void PrintTo(const VendorTree& tree, std::ostream* out) { *out << tree.vendor; }

}  // namespace accel::testing
