#include "backends/amd/control/overdrive_bit.hpp"

#include <array>
#include <charconv>

#include "base/dir.hpp"
#include "base/number.hpp"

namespace accel::amd {
namespace {

std::string hexadecimal(std::uint64_t bits) {
  std::array<char, 16> room{};
  const auto end = std::to_chars(room.data(), room.data() + room.size(), bits, 16).ptr;
  return "0x" + std::string(room.data(), end);
}

/// "0xfff7bfff"; the kernel prints it in hexadecimal (amdgpu_drv.c, module_param_named: hexint),
/// and did so as a decimal number before Linux 5.9.
std::optional<std::uint64_t> mask_of(const std::string& text) {
  if (text.starts_with("0x")) {
    const auto bits = base::parse_hex(text);
    return bits ? std::optional(*bits) : std::nullopt;
  }
  const auto number = base::parse_integer(text);
  if (!number || *number < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*number);
}

}  // namespace

std::optional<FeatureMask> feature_mask(const Machine& machine) {
  const base::Dir parameters(machine.path("/sys/module/amdgpu/parameters"));
  auto text = parameters.text("ppfeaturemask");
  const auto bits = text ? mask_of(*text) : std::nullopt;
  if (!bits) return std::nullopt;
  return FeatureMask{*bits, std::move(*text), parameters.source("ppfeaturemask")};
}

Error overdrive_refusal(const Site& site, std::string_view file) {
  const std::string missing = site.device().source(file) + ": No such file or directory";
  const auto mask = feature_mask(site.machine());
  // Chips with a CPU have what they have without the bit (Documentation/gpu/amdgpu/thermal.rst).
  if (site.is_integrated() || !mask || (mask->bits & kOverdriveBit) != 0) {
    return {Errc::operation_not_supported, missing, "", {}};
  }
  return {Errc::permission_denied,
          missing + "; it needs the driver's overdrive bit, and " + mask->source + " is " +
              mask->text + ", without 0x4000",
          "start the kernel with amdgpu.ppfeaturemask=" + hexadecimal(mask->bits | kOverdriveBit) +
              ", which taints it",
          {}};
}

}  // namespace accel::amd
