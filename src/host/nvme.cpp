#include "host/nvme.hpp"

#include <filesystem>
#include <system_error>

#include "base/place.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

/// The value of `key` in "key=value,key=value".
std::string_view option(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    const auto end = text.find(',');
    const auto pair = text.substr(0, end);
    if (pair.size() > key.size() && pair.starts_with(key) && pair[key.size()] == '=') {
      return pair.substr(key.size() + 1);
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return {};
}

/// "nvme0", but neither "nvme0n1" nor "nvme-subsys0".
bool is_controller(std::string_view name) {
  if (!name.starts_with("nvme") || name.size() < 5) return false;
  return name.find_first_not_of("0123456789", 4) == std::string_view::npos;
}

std::optional<base::Dir> controller_dir(const BlockDevice& device) {
  std::error_code failure;
  const auto parent = base::canonical(device.dir.path() / "device", failure);
  if (failure) return std::nullopt;
  const base::Dir dir(parent);
  if (is_controller(dir.name())) return dir;
  for (const auto& entry : dir.children("nvme")) {  // A subsystem links to its controllers.
    if (is_controller(entry.name())) return entry;
  }
  return std::nullopt;
}

}  // namespace

std::string fabric_server(std::string_view address) {
  const auto host = option(address, "traddr");
  const auto port = option(address, "trsvcid");
  return std::string(host) + (port.empty() || host.empty() ? "" : ":" + std::string(port));
}

std::optional<NvmeController> nvme_controller(const Machine& machine, const BlockDevice& device) {
  const auto dir = controller_dir(device);
  if (!dir) return std::nullopt;
  NvmeController controller{dir->name(), *dir, text_field(machine, *dir, "transport"), {}, {}};
  if (!controller.transport || *controller.transport == "pcie") {
    const Absence why = unsupported("a local disk has no server");
    controller.server = why;
    controller.subsystem = why;
    return controller;
  }
  const auto address = text_field(machine, *dir, "address");
  const auto server = address ? fabric_server(*address) : std::string{};
  if (!server.empty()) {
    controller.server = {server, address.source(), address.time()};
  } else {
    controller.server = {
        address ? unsupported(address.source() + ": no traddr") : address.absence(),
        address.source()};
  }
  controller.subsystem = text_field(machine, *dir, "subsysnqn");
  return controller;
}

}  // namespace accel::host
