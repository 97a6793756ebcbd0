#include "facade/vendor_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace accel::facade {
namespace {

struct VendorRow {
  std::string_view vendor;
  std::string_view device;  ///< of PyTorch and JAX
  bool is_numbered;
};

constexpr std::array kVendors{
    VendorRow{"NVIDIA", "cuda", true},       VendorRow{"AMD", "cuda", true},
    VendorRow{"Intel", "xpu", true},         VendorRow{"Apple", "mps", false},
    VendorRow{"Qualcomm", "qualcomm", true}, VendorRow{"Google", "tpu", true},
    VendorRow{"Groq", "groq", true},         VendorRow{"Cerebras", "cerebras", true},
};

}  // namespace

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return result;
}

std::size_t vendor_rank(std::string_view vendor) {
  const auto* const row = std::ranges::find(kVendors, vendor, &VendorRow::vendor);
  return static_cast<std::size_t>(row - kVendors.begin());
}

std::string framework_device(std::string_view vendor, int device_id) {
  const auto* const row = std::ranges::find(kVendors, vendor, &VendorRow::vendor);
  if (row == kVendors.end()) return lower(vendor) + ":" + std::to_string(device_id);
  std::string text(row->device);
  if (row->is_numbered) text += ":" + std::to_string(device_id);
  return text;
}

}  // namespace accel::facade
