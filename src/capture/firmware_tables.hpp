// Serial numbers in tables of bytes that have fixed places for them. It knows bytes, and no files.
#pragma once

#include <string>
#include <string_view>

#include "capture/pseudonyms.hpp"

namespace accel::capture {

/// The SMBIOS structure table without serial numbers, asset tags, UUIDs, free texts of the maker
/// and the content of structures of the maker's own. As long as before. What cannot be walked
/// through is cut off, since nobody knows what is in it.
[[nodiscard]] std::string scrubbed_dmi(std::string_view table, const Pseudonyms& pseudonyms);

/// The configuration space of a PCI function without its Device Serial Number capability.
[[nodiscard]] std::string scrubbed_pci_config(std::string_view config,
                                              const Pseudonyms& pseudonyms);

}  // namespace accel::capture
