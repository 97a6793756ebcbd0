// A shared object that is a plug-in: opened, its version checked, its table of functions copied.
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>

#include "accel/result.hpp"
#include "accelerator/plugin.h"

namespace accel::plugin {

/// Takes as much of a struct of the plug-in's as both sides know; zeros for the rest.
template <class Struct>
Struct known_part(const Struct* given) {
  Struct copy{};
  std::uint32_t size = 0;
  std::memcpy(&size, given, sizeof size);
  std::memcpy(&copy, given, size < sizeof copy ? size : sizeof copy);
  return copy;
}

inline std::string text_of(const char* text) { return text == nullptr ? "" : text; }

/// Stays loaded: vendors' code starts threads and registers exit handlers.
struct Library {
  std::string file;        ///< "acme.so", for messages
  accel_plugin functions;  ///< `abi_version` is ours; what an older plug-in lacks is null
};

/// An error names the file; for a plug-in of another version, both versions.
[[nodiscard]] Result<Library> load(const std::filesystem::path& path);

}  // namespace accel::plugin
