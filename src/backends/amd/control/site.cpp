#include "backends/amd/control/site.hpp"

#include "backends/amd/sampling.hpp"

namespace accel::amd {

std::optional<Error> Site::refusal() const {
  if (auto refusal = lifetime_.refusal()) return refusal;
  return card_->refusal();
}

Error Site::lacks(const SetpointRow& row) const {
  const std::string driver = card_->function().driver.optional().value_or("amdgpu");
  return {Errc::operation_not_supported,
          "the driver " + driver + " has no file for " + std::string(row.name),
          "",
          {}};
}

Result<std::string> Site::sensor_path(std::string_view file) const {
  const auto sensors = card_->sensors();
  if (sensors) return sensors->source(file);
  return Error{Errc::operation_not_supported,
               device().source("hwmon") + ": no sensors of the driver",
               "",
               {}};
}

Result<std::int64_t> Site::sensor(std::string_view file) const {
  const auto sensors = card_->sensors();
  if (sensors) return Sampling::integer(*sensors, file);
  return sensor_path(file).error();
}

Result<std::string> Site::text(std::string_view file) const {
  return Sampling::text(device(), file);
}

std::optional<Error> Site::write_refusal(std::initializer_list<std::string_view> files) const {
  for (const std::string_view file : files) {
    if (auto refusal = settings::write_refusal(machine(), device().source(file))) return refusal;
  }
  return std::nullopt;
}

}  // namespace accel::amd
