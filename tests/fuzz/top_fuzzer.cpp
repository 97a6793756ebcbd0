// What `accel top` is told: by /proc when programs started, and by the process that reads devices,
// which may be dying, what it read.
#include <cstdint>
#include <string_view>

#include "cli/top/target.hpp"
#include "cli/top/wire.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto message = accel::cli::top::decode(text);
  if (message) {
    std::string again;
    accel::cli::top::encode(*message, again);
    require(again.size() == text.size() + 4 && again.compare(4, again.npos, text) == 0);
  }
  const auto ticks = accel::cli::top::start_ticks(text);
  require(!ticks || text.find(')') != std::string_view::npos);
  return 0;
}
