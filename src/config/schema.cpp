#include "config/schema.hpp"

#include <array>

namespace accel::config {
namespace {

constexpr std::array<std::string_view, 1> kRemoteVendors{"Cerebras"};

// clang-format off
constexpr std::array kKeys{
    Key{"remote[]", Kind::tables, false,
        "A system that is on no bus, but reached over the network. It is listed, and not asked.", ""},
    Key{"remote[].vendor", Kind::text, true, "Who made it.", R"("Cerebras")", kRemoteVendors},
    Key{"remote[].host", Kind::text, true, "The host that manages it.", R"("mgmt.example")"},
    Key{"remote[].name", Kind::text, true,
        "What it is called there; host and name together are its identity.", R"("systemf1")"},
};
// clang-format on

}  // namespace

std::string_view Key::name() const {
  auto last = path.substr(path.rfind('.') + 1);
  if (last.ends_with("[]")) last.remove_suffix(2);
  return last;
}

std::string_view Key::parent() const {
  const auto dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : path.substr(0, dot);
}

std::span<const Key> keys() { return kKeys; }

}  // namespace accel::config
