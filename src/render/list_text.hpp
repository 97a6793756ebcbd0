// The inventory of a machine for people.
#pragma once

#include <string>

#include "render/list_document.hpp"
#include "render/page.hpp"

namespace accel::render {

[[nodiscard]] std::string list_text(const Inventory& inventory, Look look);

}  // namespace accel::render
