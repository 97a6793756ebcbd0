// Where the kernel's announcements of devices come from: a socket, or what a test says.
#pragma once

#include <string>
#include <vector>

namespace accel {

/// One thread at a time.
class UeventSource {
 public:
  struct Batch {
    /// Each as the kernel sends it: "remove@/devices/…", then KEY=VALUE, each ended by a NUL.
    std::vector<std::string> messages;
    bool lost = false;  ///< some were lost, since they came faster than they were taken
  };

  virtual ~UeventSource() = default;
  /// What has come since the last call. Never waits.
  [[nodiscard]] virtual Batch pending() = 0;
};

}  // namespace accel
