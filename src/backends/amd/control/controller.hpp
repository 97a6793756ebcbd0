// What can be set on a GPU through the files of amdgpu.
#pragma once

#include <memory>

#include "backends/amd/control/site.hpp"

namespace accel::amd {

[[nodiscard]] std::unique_ptr<Controller> make_controller(Site site);

}  // namespace accel::amd
