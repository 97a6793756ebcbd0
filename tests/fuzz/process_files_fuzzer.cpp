// What programs and container engines put into /proc/PID: names become printable text, ids of
// containers and pods are what such ids can be.
#include <cstdint>
#include <string_view>

#include "core/container_place.hpp"
#include "core/proc_view.hpp"
#include "core/process_lookup.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const std::string clean = accel::printable(text);
  require(clean.size() <= text.size());
  require(accel::printable(clean) == clean);
  for (const char c : clean) require(static_cast<unsigned char>(c) >= ' ' && c != 0x7F);

  const accel::ContainerPlace place = accel::container_place(text);
  require(place.container.size() <= 256 && place.job.size() <= 256);
  require(place.container.find_first_of("/\n ") == std::string::npos);
  require(place.runtime.empty() || !place.container.empty());
  require(place.pod_uid.empty() || place.pod_uid.size() == 32 || place.pod_uid.size() == 36);
  require(place.pod_uid.find_first_not_of("0123456789abcdef-") == std::string::npos);

  const bool hides = accel::hides_programs(text);
  require(!hides || text.find("hidepid=") != std::string_view::npos);
  return 0;
}
