#include "backends/plugin/library.hpp"

#include <algorithm>

#include "base/shared_library.hpp"
#include "base/vendor_call.hpp"

namespace accel::plugin {
namespace {

/// What every plug-in of this version has; optional functions and later ones may be cut off.
constexpr std::uint32_t kSmallest = offsetof(accel_plugin, sample);

Error refused(const std::string& file, const std::string& why, const std::string& remedy) {
  return {Errc::driver_not_found, file + ": " + why, remedy, {}};
}

Result<accel_plugin> checked(const std::string& file, const accel_plugin* given) {
  if (given == nullptr) return refused(file, "accel_plugin_entry gave nothing", "");
  std::uint32_t version = 0;
  std::memcpy(&version, given, sizeof version);
  if (version != ACCEL_PLUGIN_ABI_VERSION) {
    return refused(file,
                   "made for plug-in ABI version " + std::to_string(version) +
                       ", this accel has version " + std::to_string(ACCEL_PLUGIN_ABI_VERSION),
                   "build it anew with this accel's accelerator/plugin.h");
  }
  if (given->size < kSmallest) {
    return refused(file,
                   "its table has " + std::to_string(given->size) + " bytes, at least " +
                       std::to_string(kSmallest) + " are needed",
                   "set its size to sizeof(accel_plugin)");
  }
  accel_plugin functions{};
  std::memcpy(&functions, given, std::min<std::size_t>(given->size, sizeof functions));
  if (functions.vendor == nullptr || *functions.vendor == '\0') {
    return refused(file, "it names no vendor", "");
  }
  if (functions.open == nullptr || functions.close == nullptr || functions.discover == nullptr) {
    return refused(file, "it lacks open, close or discover", "");
  }
  if (functions.pci_vendor_ids == nullptr) functions.pci_vendor_id_count = 0;
  return functions;
}

}  // namespace

Result<Library> load(const std::filesystem::path& path) {
  const std::string file = path.filename().string();
  const auto object = base::SharedLibrary::open(path.string());
  if (!object) return annotate(file, object.error());
  const accel_plugin* (*entry)() = nullptr;
  object->resolve(entry, {"accel_plugin_entry"});
  if (entry == nullptr) return refused(file, "exports no accel_plugin_entry", "");
  const std::string vendor = "plug-in " + file;
  const base::VendorCall mark(vendor.c_str(), file.c_str(), "accel_plugin_entry");
  auto functions = checked(file, entry());
  if (!functions) return functions.error();
  return Library{file, *functions};
}

}  // namespace accel::plugin
