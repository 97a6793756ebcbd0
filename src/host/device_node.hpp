// A device node opened for questions to the disk behind it. Refuses anything that is not the
// expected device.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "accel/result.hpp"

namespace accel::host {

/// Closes what it holds.
class DeviceNode {
 public:
  /// `number` is "8:0" as sysfs has it; a node of another number is not the device that we mean.
  /// Waits for no medium and opens for reading only.
  static Result<DeviceNode> open(const std::filesystem::path& path, std::string_view number);

  DeviceNode(DeviceNode&& other) noexcept;
  DeviceNode& operator=(DeviceNode&&) = delete;
  DeviceNode(const DeviceNode&) = delete;
  DeviceNode& operator=(const DeviceNode&) = delete;
  ~DeviceNode();

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  DeviceNode(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}

  int fd_;
  std::string path_;
};

/// The error of a failed question; permission_denied names what is missing.
[[nodiscard]] Error question_failed(const DeviceNode& node, std::string_view question,
                                    int error_number, std::string_view capability);

}  // namespace accel::host
