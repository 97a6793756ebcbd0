// What /proc tells of a program whose number a driver gave: name, user, container. It knows no
// accelerator.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "accel/machine.hpp"
#include "accel/reading.hpp"

namespace accel {

struct Program {
  Reading<std::string> name;  ///< first word of the command line, else the kernel's name
  Reading<std::string> user;  ///< by /etc/passwd, else the number
  Reading<std::string> container;
  Reading<std::int64_t> container_pid;
  bool is_hidden = false;  ///< /proc does not show it to us
};

/// Reads /etc/passwd once. Not for use by two threads at a time.
class ProcessLookup {
 public:
  explicit ProcessLookup(const Machine& machine) : machine_(machine) {}

  [[nodiscard]] Program program(std::int64_t pid);

 private:
  [[nodiscard]] std::string user_name(std::string_view uid);

  const Machine& machine_;
  std::optional<std::map<std::string, std::string, std::less<>>> users_;  // uid → name
};

/// The id of the container that the text of /proc/PID/cgroup names (Docker, containerd, CRI-O,
/// Podman: 64 hex digits); empty outside of one.
[[nodiscard]] std::string container_id(std::string_view cgroup);

/// The same text with every byte that is no printable UTF-8 replaced by '?': programs choose their
/// own names.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace accel
