// The shared mapping of a node's model file, and the lock on it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "../model/node.hpp"

namespace accel::sim {

/// A mapped model. Stays mapped until destroyed, also when the file is gone.
class Mapping {
 public:
  /// Maps `state_dir`/model; null, with errno set, when it is missing, foreign or of another
  /// layout.
  static std::unique_ptr<Mapping> open(const std::string& state_dir);

  /// Makes an empty model file of so many devices under the name `file`, its lock ready for use.
  static std::unique_ptr<Mapping> create(const std::string& file, std::size_t gpus,
                                         std::size_t cards = 0);

  ~Mapping();
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  [[nodiscard]] Node& node() const { return *node_; }

 private:
  Mapping(Node* node, std::size_t size) : node_(node), size_(size) {}

  Node* node_;
  std::size_t size_;
};

/// Holds the node's lock. A holder that was killed does not block the next one.
class Lock {
 public:
  explicit Lock(Node& node);
  ~Lock();
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  Node& node_;
};

/// The identifier of this boot, or "" where the kernel does not say.
std::string boot_id();

}  // namespace accel::sim
