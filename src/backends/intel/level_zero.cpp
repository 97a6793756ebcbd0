#include "backends/intel/level_zero.hpp"

#include <array>
#include <cstdio>

namespace accel::intel {
namespace {

struct Meaning {
  ze_result_t answer;
  Errc code;
  const char* text;
  const char* remedy;
};

constexpr std::array kMeanings{
    Meaning{ze_result::kNotReady, Errc::unavailable, "not ready", ""},
    Meaning{ze_result::kDeviceLost, Errc::device_lost, "device lost",
            "check power and seating of the card, then load the driver anew or reboot"},
    Meaning{ze_result::kRequiresReset, Errc::invalid_state, "the device must be reset", ""},
    Meaning{ze_result::kInLowPowerState, Errc::device_asleep, "the device sleeps", ""},
    Meaning{ze_result::kInsufficientPermissions, Errc::permission_denied,
            "insufficient permissions", "run as root, or with CAP_PERFMON"},
    Meaning{ze_result::kNotAvailable, Errc::unavailable, "not available now", ""},
    Meaning{ze_result::kDependencyUnavailable, Errc::operation_not_supported,
            "something that it depends on is not there", ""},
    Meaning{ze_result::kUninitialized, Errc::driver_not_found, "no driver could be initialized",
            "install Intel's Level Zero GPU driver"},
    Meaning{ze_result::kUnsupportedVersion, Errc::operation_not_supported, "unsupported version",
            ""},
    Meaning{ze_result::kUnsupportedFeature, Errc::operation_not_supported, "unsupported", ""},
};

}  // namespace

LevelZero::LevelZero(const base::SharedLibrary& opened) {
#define ACCEL_ZES(member, signature, symbol) opened.resolve(functions_.member.call, {symbol});
#include "backends/intel/level_zero_functions.inc"
#undef ACCEL_ZES
}

Result<std::shared_ptr<const LevelZero>> LevelZero::start(const Machine& machine) {
  const auto name = machine.library("libze_loader.so.1");
  if (!name) return name.error();
  const auto opened = base::SharedLibrary::open(*name);
  if (!opened) return opened.error();
  const std::shared_ptr<const LevelZero> library(new LevelZero(*opened));
  // Loaders before 1.15 have management only behind an environment variable that must be set
  // before another part of the program may have started them: not ours to change.
  if (auto done = library->call(library->functions_.init, 0U); !done) return done.error();
  return library;
}

Result<zes_device_handle_t> LevelZero::device(const PciAddress& address) const {
  const auto drivers = list_with<zes_driver_handle_t>(
      functions_.drivers.name, [&](std::uint32_t* count, zes_driver_handle_t* handles) {
        return call(functions_.drivers, count, handles);
      });
  if (!drivers) return drivers.error();
  for (zes_driver_handle_t driver : *drivers) {
    const auto devices = list(functions_.devices, driver);
    if (!devices) continue;  // Another vendor's driver: its devices are not ours.
    for (zes_device_handle_t device : *devices) {
      zes_pci_properties_t pci;
      if (!call(functions_.pci_properties, device, &pci)) continue;
      const auto& at = pci.address;
      if (at.domain == address.domain && at.bus == address.bus && at.device == address.device &&
          at.function == address.function) {
        return device;
      }
    }
  }
  return Error{Errc::not_found,
               "Level Zero lists no device at " + address.text(),
               "add the user to the group render",
               {}};
}

Error LevelZero::too_many(const char* function, std::uint32_t count) {
  return {Errc::malformed,
          std::string(function) + ": lists " + std::to_string(count) + " of them",
          "",
          {}};
}

Error LevelZero::missing(const char* function) {
  return {Errc::operation_not_supported,
          std::string(function) + ": not in this loader's library",
          "a newer loader (level-zero 1.15) offers it",
          {}};
}

Error LevelZero::failed(const char* function, ze_result_t answer) {
  for (const Meaning& meaning : kMeanings) {
    if (meaning.answer != answer) continue;
    return {meaning.code, std::string(function) + ": " + meaning.text, meaning.remedy, {}};
  }
  std::array<char, 16> number{};
  std::snprintf(number.data(), number.size(), "0x%08x", answer);
  return {Errc::drm_error, std::string(function) + ": result " + number.data(), "", {}};
}

}  // namespace accel::intel
