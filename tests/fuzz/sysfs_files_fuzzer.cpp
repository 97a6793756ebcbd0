// Files of drivers that are tables: a number is the text's own, and a node is a plain path in /dev.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/sysfs/folders.hpp"
#include "core/sysfs/number.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto number = accel::sysfs::parse_number(text);
  accel::fuzz::require(!number || text.find(std::to_string(*number).back()) != text.npos);
  accel::fuzz::require(number || !number.error().message.empty());
  (void)accel::sysfs::is_all_ones(text);

  const std::string node = accel::sysfs::node_of(text);
  accel::fuzz::require(node.empty() || (node.starts_with("/dev/") && node.size() > 5 &&
                                        node.find("..") == std::string::npos));
  return 0;
}
