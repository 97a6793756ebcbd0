#include "backends/plugin/plugins.hpp"

#include <algorithm>
#include <system_error>

#include "backends/plugin/backend.hpp"

namespace accel {
namespace {

std::vector<std::filesystem::path> objects_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> objects;
  std::error_code failure;
  for (std::filesystem::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (entry->path().extension() == ".so") objects.push_back(entry->path());
  }
  std::ranges::sort(objects);
  return objects;
}

}  // namespace

std::vector<BackendEntry> plugin_backends(const Machine& machine) {
  std::vector<BackendEntry> entries;
  for (const auto& folder : machine.plugin_dirs) {
    for (const auto& object : objects_in(folder)) {
      auto library = plugin::load(object);
      if (library) {
        entries.push_back(plugin::entry_of(std::move(*library)));
      } else {
        machine.trace("plug-in skipped: " + library.error().message);
        entries.push_back(
            plugin::entry_of_failure(object.filename().string(), std::move(library).error()));
      }
    }
  }
  return entries;
}

}  // namespace accel
