// What went wrong: a code to branch on, a text for people, and the facts behind it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace accel {

enum class Errc {
  gpu_not_found,
  backend_not_available,
  operation_not_supported,  ///< This device, driver or build cannot do it. Do not retry.
  nvml_error,
  drm_error,
  system_error,
  io_error,
  permission_denied,  ///< It exists, but this user may not use it.
  driver_not_found,
  invalid_config,
  timeout,
  load_balancer_not_available,
  invalid_state,
  power_error,
  thermal_error,
  memory_error,
  pci_error,
  config_parse_error,
  serialization_error,
  invalid_argument,  ///< The caller's value is malformed. Nothing was tried.
  not_found,         ///< Well formed, but there is no such device, file or symbol.
  malformed,         ///< The source answered, but not in the form it documents.
  unavailable,       ///< Not now (busy, resetting). A retry may succeed.
  device_lost,       ///< The device fell off its bus or reads all-ones.
  device_asleep,     ///< Runtime power management has suspended it; reading would wake it.
};

enum class Severity { low, medium, high };

[[nodiscard]] std::string_view to_string(Severity severity);

/// The fixed facts of a code: its stable name and, as the typed errors define them, the text that
/// stands before the message, the severity and whether a retry may help.
struct ErrorTraits {
  Errc code;
  std::string_view name;    ///< "GpuNotFound"
  std::string_view prefix;  ///< "Operation not supported: ", or empty
  Severity severity;
  bool recoverable;
};

[[nodiscard]] const ErrorTraits& traits(Errc code);

struct Error {
  Errc code = Errc::io_error;
  std::string message;  ///< what: on what: why; no prefix, no period
  std::string remedy;   ///< what the reader can do about it; empty when there is nothing to say
  std::vector<std::pair<std::string, std::string>> details;  ///< ordered key → value

  [[nodiscard]] Severity severity() const { return traits(code).severity; }
  [[nodiscard]] bool recoverable() const { return traits(code).recoverable; }
  /// The text of the typed error: its prefix and the message.
  [[nodiscard]] std::string text() const;
};

/// Puts what the caller was doing in front of what went wrong: "card0: power1_average: ...".
[[nodiscard]] Error annotate(std::string_view context, Error error);

// Errors whose message is fixed by their arguments.
[[nodiscard]] Error gpu_not_found(long long index);
[[nodiscard]] Error backend_not_available(std::string_view vendor);
[[nodiscard]] Error timeout_after(std::int64_t nanoseconds);  ///< "30s", "1.5s"
[[nodiscard]] Error load_balancer_not_available();
[[nodiscard]] Error invalid_state(long long index, std::string_view why);

}  // namespace accel
