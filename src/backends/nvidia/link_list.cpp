#include "backends/nvidia/link_list.hpp"

#include <string>

#include "backends/nvidia/nvml_constants.hpp"
#include "backends/nvidia/pcie.hpp"
#include "backends/nvidia/plausible.hpp"

namespace accel::nvidia {
namespace {

Reading<bool> state(nvmlReturn_t answer, std::uint32_t raw, const Gpu& gpu, SteadyTime now) {
  const auto& function = gpu.functions().link_state;
  if (answer != status::kSuccess) {
    return {absence_of(gpu.nvml()->error(function, answer)), function.name, now};
  }
  if (raw > kEnabled) {
    const Error error = is_all_ones(raw) ? all_ones(function.name)
                                         : implausible(function.name, raw, 0, kEnabled, "");
    return {absence_of(error), function.name, now};
  }
  return {raw == kEnabled, function.name, now};
}

Reading<LinkEnd> end(const Gpu& gpu, std::uint32_t link, SteadyTime now) {
  const auto& function = gpu.functions().link_remote_type;
  const auto type = gpu.ask<std::uint32_t>(function, link);
  if (!type) return {absence_of(type.error()), function.name, now};
  switch (*type) {
    case kRemoteIsGpu: return {LinkEnd::device, function.name, now};
    case kRemoteIsProcessor: return {LinkEnd::processor, function.name, now};
    case kRemoteIsSwitch: return {LinkEnd::fabric_switch, function.name, now};
    default:
      return {Absence{ReadingStatus::unsupported,
                      std::string(function.name) + ": type " + std::to_string(*type), ""},
              function.name, now};
  }
}

Reading<PciAddress> remote(const Gpu& gpu, std::uint32_t link, SteadyTime now) {
  const auto& function = gpu.functions().link_remote;
  const auto info = gpu.ask<nvmlPciInfo_t>(function, link);
  if (!info) return {absence_of(info.error()), function.name, now};
  return {pci_address(*info, function.name), function.name, now};
}

}  // namespace

Result<std::vector<DeviceLink>> nvlinks(const Gpu& gpu, SteadyTime now) {
  if (const Error* refusal = gpu.refusal()) return *refusal;
  const auto& function = gpu.functions().link_state;
  std::vector<DeviceLink> links;
  for (std::uint32_t number = 0; number < kMaxLinks; ++number) {
    std::uint32_t raw = 0;
    const nvmlReturn_t answer = gpu.nvml()->status_of(function, gpu.handle(), number, &raw);
    // Beyond the last link, and on a GPU without any.
    if (answer == status::kInvalidArgument) break;
    if (answer == status::kNotSupported) continue;
    if (answer != status::kSuccess && links.empty()) return gpu.nvml()->error(function, answer);
    DeviceLink link;
    link.number = static_cast<int>(number);
    link.lanes = {1, function.name, now};
    link.up = state(answer, raw, gpu, now);
    link.end = end(gpu, number, now);
    link.remote = remote(gpu, number, now);
    links.push_back(std::move(link));
  }
  return links;
}

}  // namespace accel::nvidia
