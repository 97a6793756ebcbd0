#include "base/uevent.hpp"

#include <algorithm>

namespace accel::base {
namespace {

Error malformed(const std::string& why) {
  return {Errc::malformed, "message of the kernel: " + why, "", {}};
}

}  // namespace

std::string_view Uevent::value(std::string_view key) const {
  const auto found = std::ranges::find(keys, key, &std::pair<std::string, std::string>::first);
  return found == keys.end() ? std::string_view() : std::string_view(found->second);
}

Result<Uevent> parse_uevent(std::string_view message) {
  const auto heading = message.substr(0, message.find('\0'));
  const auto at = heading.find('@');
  if (at == std::string_view::npos || at == 0) return malformed("no action@device");
  Uevent event;
  message.remove_prefix(std::min(heading.size() + 1, message.size()));
  while (!message.empty()) {
    const auto line = message.substr(0, message.find('\0'));
    message.remove_prefix(std::min(line.size() + 1, message.size()));
    const auto equals = line.find('=');
    if (equals == std::string_view::npos || equals == 0) continue;
    event.keys.emplace_back(line.substr(0, equals), line.substr(equals + 1));
  }
  event.action = event.value("ACTION");
  event.device = event.value("DEVPATH");
  event.subsystem = event.value("SUBSYSTEM");
  if (event.action != heading.substr(0, at)) return malformed("its heading names another action");
  if (event.device != heading.substr(at + 1)) return malformed("its heading names another device");
  if (event.subsystem.empty()) return malformed("no SUBSYSTEM");
  return event;
}

}  // namespace accel::base
