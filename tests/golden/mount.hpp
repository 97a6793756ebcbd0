// A recorded card made into a machine: a root with the card where the kernel has it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "support/fake_tree.hpp"

namespace accel::golden {

struct Capture {
  std::string vendor;  ///< "amd"
  std::string card;    ///< "rx6900xt"
  std::filesystem::path folder;
};

/// All of them, in order of their names; none where ACCEL_CAPTURES is not set.
[[nodiscard]] std::vector<Capture> captures();

/// Copies the capture's cardN to sys/class/drm and its kfd to sys/class/kfd.
void mount(const Capture& capture, accel::testing::FakeTree& machine);

}  // namespace accel::golden
