// PCI Express links: a function's own, and that of its card in the slot.
#include <array>
#include <cmath>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "core/pci/scan.hpp"

namespace accel {
namespace {

using base::Dir;

/// One generation: speed per lane, and the share of it that carries data (its line code).
struct Generation {
  std::int64_t number = 0;
  TransferRate speed;
  double efficiency = 0;
};

// PCI Express Base Specification: 8b/10b, then 128b/130b, then 1b/1b with FLITs.
constexpr std::array kGenerations{
    Generation{1, {2'500'000'000}, 0.8},
    Generation{2, {5'000'000'000}, 0.8},
    Generation{3, {8'000'000'000}, 128.0 / 130.0},
    Generation{4, {16'000'000'000}, 128.0 / 130.0},
    Generation{5, {32'000'000'000}, 128.0 / 130.0},
    Generation{6, {64'000'000'000}, 1.0},
    Generation{7, {128'000'000'000}, 1.0},
};

const Generation* generation_of(TransferRate speed) {
  for (const Generation& generation : kGenerations) {
    if (generation.speed == speed) return &generation;
  }
  return nullptr;
}

Absence unknown_link(const std::string& source, const std::string& text) {
  return {ReadingStatus::unsupported, source + " is '" + text + "': no PCI Express link", ""};
}

// GT/s. Anything beyond is garbage, and would not fit in transfers per second.
constexpr double kSlowest = 1e-3;
constexpr double kFastest = 1e6;

Reading<TransferRate> read_speed(const Dir& dir, std::string_view file) {
  const std::string source = dir.source(file);
  const auto text = dir.text(file);
  if (!text) return {absence_of(text.error()), source};
  return pci::link_speed(*text, source);
}

Reading<Lanes> read_width(const Dir& dir, std::string_view file) {
  const std::string source = dir.source(file);
  const auto width = dir.integer(file);
  if (!width) return {absence_of(width.error()), source};
  // 0: no link. 255: the register read all-ones, so the device is gone.
  if (*width == 255) {
    return {Absence{ReadingStatus::lost, source + " reads all-ones", "reseat or reset the device"},
            source};
  }
  if (*width <= 0) return {unknown_link(source, std::to_string(*width)), source};
  return {Lanes{*width}, source};
}

PciLink read_link(const Dir& dir) {
  return {read_speed(dir, "current_link_speed"), read_speed(dir, "max_link_speed"),
          read_width(dir, "current_link_width"), read_width(dir, "max_link_width")};
}

constexpr std::uint64_t kBridgeClass = 0x0604;
constexpr int kPortsOfSwitch = 2;  // A card has one switch: a downstream and an upstream port.

/// AMD: cards' switches carry the graphics vendor id 1002, as amdgpu's own climb relies on
/// (drivers/gpu/drm/amd/amdgpu/amdgpu_device.c); bridges of vendor 1022 are the host's chipset.
bool is_own_bridge(const Dir& dir, std::uint64_t card_vendor) {
  const auto class_code = dir.hex("class");
  const auto vendor = dir.hex("vendor");
  if (!class_code || !vendor || (*class_code >> 8) != kBridgeClass) return false;
  // A root port belongs to the host, also where host and card are of one vendor.
  const bool root_port = !PciAddress::parse(dir.path().parent_path().filename().string());
  return *vendor == card_vendor && !root_port;
}

}  // namespace

Reading<std::int64_t> pcie_generation(const Reading<TransferRate>& speed) {
  if (!speed) return {speed.absence(), speed.source()};
  if (const Generation* generation = generation_of(*speed)) {
    return {generation->number, speed.source()};
  }
  return {Absence{ReadingStatus::error,
                  speed.source() + ": " + std::to_string(speed->value) +
                      " transfers per second is no PCI Express speed",
                  ""},
          speed.source()};
}

Reading<double> pcie_bandwidth_gbps(const PciLink& link) {
  if (!link.max_speed) return {link.max_speed.absence(), link.max_speed.source()};
  if (!link.max_width) return {link.max_width.absence(), link.max_width.source()};
  const Generation* generation = generation_of(*link.max_speed);
  if (generation == nullptr) {
    return {Absence{ReadingStatus::error, link.max_speed.source() + ": no PCI Express speed", ""},
            link.max_speed.source()};
  }
  const double per_lane = shown(*link.max_speed) * generation->efficiency / 8.0;
  return {2.0 * per_lane * static_cast<double>(link.max_width->value) / 1e9,
          link.max_speed.source()};
}

namespace pci {

// Cards with a switch of their own report a dummy link at the device itself (seen: A380, B580
// 2.5 GT/s x1).
std::filesystem::path slot_directory(const std::filesystem::path& function, std::uint64_t vendor) {
  auto at = function;
  // Not further: above a Thunderbolt enclosure's card the bridges may be of its vendor as well.
  for (int ports = 0; ports < kPortsOfSwitch; ++ports) {
    if (!is_own_bridge(Dir(at.parent_path()), vendor)) break;
    at = at.parent_path();
  }
  return at;
}

Reading<TransferRate> link_speed(std::string_view text, const std::string& source) {
  // Integrated devices (drivers/pci/pci-sysfs.c); kernels before 4.20 write "Unknown speed".
  if (text.starts_with("Unknown")) return {unknown_link(source, std::string(text)), source};
  const auto number = base::parse_double(text.substr(0, text.find(' ')));
  const bool is_speed = number && *number > kSlowest && *number < kFastest;
  if (!is_speed || text.find("GT/s") == std::string_view::npos) {
    return {
        Absence{ReadingStatus::error, source + ": not a speed: '" + std::string(text) + "'", ""},
        source};
  }
  return {TransferRate{std::llround(*number * 1e9)}, source};
}

Links links(const PciFunction& function, const Machine& machine) {
  if (function.is_suspended() && !machine.wake) {
    // The kernel resumes a device for these files since commit 48991e493507 (6.18, and stable
    // branches of October 2025); before, they show what a powered-down link reads. The exception,
    // max_link_speed, is cached only since d2bd39c0456b (6.13).
    const Absence asleep{ReadingStatus::asleep,
                         function.address.text() + " is suspended; reading its link would wake it",
                         "use --wake to read it all the same"};
    const PciLink link{asleep, asleep, asleep, asleep};
    return {link, link};
  }
  const PciLink own = read_link(Dir(function.directory));
  const bool has_switch = function.slot_directory != function.directory;
  return {own, has_switch ? read_link(Dir(function.slot_directory)) : own};
}

}  // namespace pci
}  // namespace accel
