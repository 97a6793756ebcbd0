// The names of a node's Kubernetes pods, of which control groups give no more than the uid.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "accel/machine.hpp"
#include "accel/reading.hpp"

namespace accel {

class PodNames {
 public:
  struct Pod {
    Reading<std::string> name;
    Reading<std::string> name_space;
  };

  /// Reads the names once, at the first question.
  explicit PodNames(const Machine& machine) : folder_(machine.path("/var/log/pods").string()) {}

  [[nodiscard]] Pod pod(const std::string& uid);

 private:
  void read();

  std::string folder_;
  std::optional<std::map<std::string, Pod, std::less<>>> pods_;  // uid → pod
  std::optional<Absence> unread_;                                // why the folder cannot be read
};

}  // namespace accel
