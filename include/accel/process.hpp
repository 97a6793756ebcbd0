// The programs that use an accelerator.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "accel/reading.hpp"
#include "accel/units.hpp"

namespace accel {

enum class ProcessType { compute, graphics, compute_and_graphics, mps };

[[nodiscard]] std::string_view to_string(ProcessType type);

/// One program on one device; a program on two devices is two of these.
struct AcceleratorProcess {
  std::int64_t pid = 0;  ///< as the host counts
  ProcessType type = ProcessType::compute;
  Reading<std::int64_t> container_pid;  ///< the pid inside the container, where it has another
  Reading<std::string> name;            ///< command line's first word, else the kernel's name
  Reading<std::string> user;
  Reading<std::string> container;  ///< container id; unsupported outside of one
  Reading<Bytes> memory;
  Reading<Ratio> utilization;                    ///< share of the device's compute time
  Reading<Ratio> utilization_memory_controller;  ///< share of memory traffic time
  Reading<Ratio> utilization_encoder;
  Reading<Ratio> utilization_decoder;
};

struct ProcessList {
  std::vector<AcceleratorProcess> processes;
  int hidden = 0;  ///< programs that exist but may not be looked at
};

}  // namespace accel
