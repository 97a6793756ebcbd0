// What can be set on a device of Intel's through the files of its driver.
#pragma once

#include <memory>

#include "backends/intel/control/site.hpp"

namespace accel::intel {

[[nodiscard]] std::unique_ptr<Controller> make_gpu_controller(Site site);
[[nodiscard]] std::unique_ptr<Controller> make_npu_controller(Site site);

}  // namespace accel::intel
