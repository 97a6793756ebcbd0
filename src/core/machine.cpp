#include "accel/machine.hpp"

#include <algorithm>

#include "base/dir.hpp"

namespace accel {

std::filesystem::path Machine::path(std::string_view absolute) const {
  if (is_this_machine()) return absolute;
  // All of them: what is joined to a root with a slash in front replaces the root.
  while (absolute.starts_with('/')) absolute.remove_prefix(1);
  return root / absolute;
}

Result<std::string> Machine::library(std::string_view soname) const {
  const auto refused = std::ranges::find(refused_libraries, soname, &RefusedLibrary::soname);
  if (refused != refused_libraries.end()) {
    return Error{Errc::system_error, refused->reason, refused->remedy, {}};
  }
  if (!library_dir.empty()) return (library_dir / soname).string();
  if (is_this_machine()) return std::string(soname);
  return Error{Errc::driver_not_found,
               std::string(soname) + ": " + root.string() + " is a recorded machine without " +
                   "vendor libraries",
               "name a directory of vendor libraries with --lib-dir",
               {}};
}

Result<void> Machine::write(const std::filesystem::path& file, std::string_view text) const {
  if (simulated_drivers.write) {
    const int error = simulated_drivers.write(file, text);
    if (error != 0) return base::write_error(file.string(), error);
    return {};
  }
  if (is_this_machine()) return base::write_file(file.string(), text);
  return Error{Errc::operation_not_supported,
               file.string() + ": a recorded machine has no drivers that could take a value",
               "leave out --root, or use --sim",
               {}};
}

}  // namespace accel
