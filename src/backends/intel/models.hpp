// What Intel's PCI device ids are called, and which of them are cards with memory of their own.
#pragma once

#include <cstdint>
#include <string_view>

namespace accel::intel {

struct Platform {
  std::string_view name;  ///< "Battlemage"
  bool is_discrete = false;
};

struct Model {
  std::string_view name;  ///< "Intel Arc B580 Graphics"; empty where Intel gives the id no name
  const Platform* platform = nullptr;
};

/// Null for an id that is not in the table.
[[nodiscard]] const Model* find_model(std::uint16_t device);

}  // namespace accel::intel
