// The machine as a whole: its names, its system and what it runs on.
#include <string>
#include <string_view>

#include "accel/host.hpp"
#include "base/dir.hpp"
#include "host/cpu_identity.hpp"
#include "host/dmi.hpp"
#include "host/field.hpp"
#include "host/virtualization.hpp"

namespace accel::host {
namespace {

/// os-release(5): PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
Reading<std::string> operating_system(const Machine& machine) {
  constexpr std::string_view kKey = "PRETTY_NAME=";
  // The second is a link to the first, as a rule.
  Reading<std::string> missing;
  for (const std::string_view file : {"/usr/lib/os-release", "/etc/os-release"}) {
    const auto path = machine.path(file);
    const auto text = base::read_file(path);
    if (!text) {
      missing = {absence_of(text.error()), path.string()};
      continue;
    }
    std::string_view rest = *text;
    while (!rest.empty()) {
      const auto end = rest.find('\n');
      auto line = trimmed(rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      if (!line.starts_with(kKey)) continue;
      line.remove_prefix(kKey.size());
      const bool is_quoted = line.size() > 1 && line.front() == line.back() &&
                             (line.front() == '"' || line.front() == '\'');
      if (is_quoted) line = line.substr(1, line.size() - 2);
      if (line.empty()) break;
      return {printable(line), path.string(), machine.clock->steady()};
    }
    return {unsupported(path.string() + ": no line PRETTY_NAME"), path.string()};
  }
  return missing;
}

/// A name out of the firmware's tables, which the kernel copies for everybody.
Reading<std::string> firmware_field(const Machine& machine, std::string_view file) {
  auto text = text_field(machine, directory(machine, "/sys/class/dmi/id"), file);
  if (text && is_placeholder(*text)) {
    return {unsupported(text.source() + ": the firmware says " + in_quotes(*text)), text.source()};
  }
  return text;
}

/// Boards without such firmware name themselves in their device tree.
Reading<std::string> product(const Machine& machine) {
  auto named = firmware_field(machine, "product_name");
  if (named) return named;
  auto model = text_field(machine, directory(machine, "/proc/device-tree"), "model");
  return model ? model : named;
}

}  // namespace

PlatformInfo platform(const Machine& machine) {
  const auto kernel = directory(machine, "/proc/sys/kernel");
  PlatformInfo platform;
  platform.hostname = text_field(machine, kernel, "hostname");
  platform.operating_system = operating_system(machine);
  platform.kernel = text_field(machine, kernel, "osrelease");
  platform.architecture = architecture(machine);
  platform.manufacturer = firmware_field(machine, "sys_vendor");
  platform.product = product(machine);
  platform.board = firmware_field(machine, "board_name");
  platform.bios_version = firmware_field(machine, "bios_version");
  platform.virtualization = virtualization(machine);
  return platform;
}

}  // namespace accel::host
