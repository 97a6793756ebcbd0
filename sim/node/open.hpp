// Opening a simulated node: from a name to a mapped model with its tree and libraries in place.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "mapping.hpp"
#include "problem.hpp"

namespace accel::sim {

struct OpenRequest {
  std::string scenario;      ///< Empty: whatever lies in the state directory.
  std::string state_dir;     ///< Empty: by the rule of default_state_dir.
  std::string scenario_dir;  ///< Empty: beside the library.
  std::string library;       ///< The installed libnvidia-ml.so.1; empty: beside this object.
};

struct OpenNode {
  std::string scenario;
  std::string state_dir;
  std::string root;
  std::string library_dir;
  std::string library;
  std::unique_ptr<Mapping> mapping;
};

Problem open_node(const OpenRequest& request, OpenNode& opened);

/// Puts the node's libraries in place again, after symbols were hidden or shown.
Problem place_libraries(OpenNode& opened);

/// Whether the state in `dir` was made from exactly this origin.
bool same_origin(const Origin& a, const Origin& b);

}  // namespace accel::sim
