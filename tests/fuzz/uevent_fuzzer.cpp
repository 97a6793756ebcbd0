// The kernel's announcements of devices: what is accepted has the action and device of its heading.
#include <cstdint>
#include <string>

#include "base/uevent.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const std::string message(reinterpret_cast<const char*>(bytes), size);
  const auto event = accel::base::parse_uevent(message);
  if (!event) {
    require(event.error().code == accel::Errc::malformed);
    return 0;
  }
  require(message.starts_with(event->action + "@" + event->device));
  require(!event->subsystem.empty());
  require(event->value("ACTION") == event->action);
  return 0;
}
