#include "core/node_access.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

#include "base/dir.hpp"

namespace accel {
namespace {

/// Name of the group in /etc/group, else its number.
std::string group_name(const Machine& machine, gid_t group) {
  const auto file = base::read_file(machine.path("/etc/group"));
  std::string number = std::to_string(group);
  std::string_view text = file ? std::string_view(*file) : std::string_view();
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto name = line.substr(0, line.find(':'));
    const auto second = line.find(':', name.size() + 1);
    if (second == std::string_view::npos) continue;
    const auto rest = line.substr(second + 1);
    if (rest.substr(0, rest.find(':')) == number) return std::string(name);
  }
  return number;
}

Error denied(const Machine& machine, const std::string& node, const struct stat& status) {
  const bool group_may = (status.st_mode & S_IRGRP) != 0 && (status.st_mode & S_IWGRP) != 0;
  std::string remedy = "run as root";
  if (group_may && status.st_gid != 0) {
    remedy = "join the group " + group_name(machine, status.st_gid) + ", which may use " + node +
             ", and log in again";
  }
  return {Errc::permission_denied, node + ": Permission denied", std::move(remedy), {}};
}

}  // namespace

std::optional<NodeRefusal> refusal_of_node(const Machine& machine, const std::string& node,
                                           int error_number) {
  struct stat status {};
  if (::stat(machine.path(node).c_str(), &status) != 0) return std::nullopt;
  if (error_number == EACCES) return NodeRefusal{denied(machine, node, status), false};
  // access(2) asks the device rules of the control group as well (fs/namei.c, inode_permission),
  // and their answer is EPERM.
  if (error_number != EPERM) return std::nullopt;
  return NodeRefusal{{Errc::permission_denied,
                      node + ": Operation not permitted",
                      "let the container or service have it: `--device " + node +
                          "`, or DeviceAllow=" + node + " rw",
                      {}},
                     true};
}

std::optional<NodeRefusal> refusal_of_node(const Machine& machine, const std::string& node) {
  if (!machine.is_this_machine() || ::access(node.c_str(), R_OK | W_OK) == 0) return std::nullopt;
  return refusal_of_node(machine, node, errno);
}

std::optional<Error> access_refusal(const Machine& machine, const std::string& node) {
  auto refusal = refusal_of_node(machine, node);
  if (!refusal) return std::nullopt;
  return std::move(refusal->error);
}

std::optional<Error> access_refusal(const Machine& machine, std::span<const std::string> nodes) {
  for (const std::string& node : nodes) {
    if (auto refusal = access_refusal(machine, node)) return refusal;
  }
  return std::nullopt;
}

}  // namespace accel
