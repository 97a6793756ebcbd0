// What the kernel's drivers do with a value that is written to one of their files: take it, refuse
// it, or change others with it. Written from the drivers' code; shares none with what it tests.
#pragma once

#include <cerrno>
#include <map>
#include <memory>
#include <string>

#include "support/recording_sysfs.hpp"

namespace accel::testing {

/// Errors that a test wants of files, by their names, before anything else is looked at.
class WantedErrors {
 public:
  void refuse(const std::string& name, int error) { (*errors_)[name] = -error; }
  /// Only so many bytes are taken.
  void cut(const std::string& name, long bytes) { (*errors_)[name] = bytes; }
  void clear() { errors_->clear(); }
  /// 0 where none is wanted.
  [[nodiscard]] long of(const std::string& name) const {
    const auto found = errors_->find(name);
    return found == errors_->end() ? 0 : found->second;
  }

 private:
  std::shared_ptr<std::map<std::string, long>> errors_ =
      std::make_shared<std::map<std::string, long>>();
};

/// amdgpu, i915 and xe, by the names of their files.
[[nodiscard]] DriverRules kernel_rules(WantedErrors wanted);

}  // namespace accel::testing
