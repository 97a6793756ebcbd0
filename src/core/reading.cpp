#include "accel/reading.hpp"

#include <array>

namespace accel {

std::string_view to_string(ReadingStatus status) {
  constexpr std::array<std::string_view, 11> names{
      "ok",   "unsupported", "no_permission", "asleep",         "stale",  "hung",
      "lost", "error",       "no_driver",     "needs_workload", "pending"};
  return names.at(static_cast<std::size_t>(status));
}

ReadingStatus status_of(Errc code) {
  switch (code) {
    case Errc::operation_not_supported:
    case Errc::not_found: return ReadingStatus::unsupported;
    case Errc::permission_denied: return ReadingStatus::no_permission;
    case Errc::driver_not_found:
    case Errc::backend_not_available: return ReadingStatus::no_driver;
    case Errc::timeout: return ReadingStatus::hung;
    case Errc::device_lost: return ReadingStatus::lost;
    case Errc::device_asleep: return ReadingStatus::asleep;
    default: return ReadingStatus::error;
  }
}

Absence absence_of(const Error& error) {
  return {status_of(error.code), error.message, error.remedy};
}

}  // namespace accel
