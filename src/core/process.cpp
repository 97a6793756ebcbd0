#include "accel/process.hpp"

namespace accel {

std::string_view to_string(ProcessType type) {
  switch (type) {
    case ProcessType::compute: return "compute";
    case ProcessType::graphics: return "graphics";
    case ProcessType::compute_and_graphics: return "compute+graphics";
    case ProcessType::mps: return "mps";
  }
  return "";
}

}  // namespace accel
