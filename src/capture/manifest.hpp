// What a bundle says of itself.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "capture/scrub.hpp"
#include "capture/tree.hpp"
#include "render/document.hpp"

namespace accel::capture {

struct Manifest {
  std::string version;    ///< of accel
  std::string simulated;  ///< scenario; empty on a real machine
  std::chrono::nanoseconds time{};
  bool is_scrubbed = true;
  std::vector<std::pair<SecretKind, std::size_t>> hidden;
  std::vector<std::string> documents;
  std::vector<LeftOut> refused;
  std::vector<LeftOut> left_out;
  std::size_t files = 0;
  std::size_t bytes = 0;
};

[[nodiscard]] render::Document manifest_document(const Manifest& manifest);

}  // namespace accel::capture
