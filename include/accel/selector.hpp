// How a user names a device: "3", "GPU3", "GPU3.1", a PCI address, a UUID or its beginning.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "accel/pci_address.hpp"
#include "accel/result.hpp"

namespace accel {

struct Selector {
  struct Index {
    std::int64_t device = 0;
    int partition = -1;  ///< k of "GPU<n>.<k>"; -1: the whole device
  };
  struct Uuid {
    std::string text;  ///< lower case, without "gpu-" or "mig-"; perhaps only the beginning
  };

  std::variant<Index, PciAddress, Uuid> what;
  std::string text;  ///< as the user wrote it

  /// Whether a bare "3" is an index. The command line says yes, the facades no.
  enum class Bare { allowed, refused };
  /// `Invalid device id: '<text>'` (invalid_argument) for anything that is no selector.
  static Result<Selector> parse(std::string_view text, Bare bare = Bare::refused);
};

/// Whether `uuid` (any case, with or without its prefix) begins with the selector's text.
[[nodiscard]] bool matches(const Selector::Uuid& selector, std::string_view uuid);
/// Whether the selector is the whole `uuid`, not only its beginning.
[[nodiscard]] bool is_all_of(const Selector::Uuid& selector, std::string_view uuid);

}  // namespace accel
