#include "accel/machine.hpp"

#include <algorithm>

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

}  // namespace accel
