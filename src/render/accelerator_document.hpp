// An accelerator's identity and facts as an object: the fields of `accel/list/1`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "accel/accelerator_info.hpp"
#include "render/document.hpp"

namespace accel::render {

/// Every field is there, null where the accelerator does not tell; `missing` says why.
[[nodiscard]] Document accelerator_document(const AcceleratorInfo& info);

/// "10de": that many digits, as the kernel writes ids.
[[nodiscard]] std::string hex_text(std::uint32_t number, int digits);

/// The names of its fields, without `missing`: what a query may ask for.
[[nodiscard]] std::vector<std::string> accelerator_fields();

}  // namespace accel::render
