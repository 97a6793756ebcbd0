// An accelerator's identity and facts as an object: the fields of `accel/list/1`.
#pragma once

#include <string>
#include <vector>

#include "accel/accelerator_info.hpp"
#include "render/document.hpp"

namespace accel::render {

/// Every field is there, null where the accelerator does not tell; `missing` says why.
[[nodiscard]] Document accelerator_document(const AcceleratorInfo& info);

/// The names of its fields, without `missing`: what a query may ask for.
[[nodiscard]] std::vector<std::string> accelerator_fields();

}  // namespace accel::render
