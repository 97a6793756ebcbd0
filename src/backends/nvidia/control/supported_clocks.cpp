#include "backends/nvidia/control/supported_clocks.hpp"

#include <algorithm>
#include <span>

#include "backends/nvidia/control/ask.hpp"

namespace accel::nvidia {
namespace {

using Clocks = std::vector<double>;

/// GPUs have up to a few hundred; a driver that has more than kMostClocks is not believed.
constexpr std::uint32_t kUsual = 512;
constexpr std::uint32_t kMostClocks = 65536;

void sort_out(Clocks& clocks) {
  std::ranges::sort(clocks);
  const auto repeated = std::ranges::unique(clocks);
  clocks.erase(repeated.begin(), repeated.end());
}

template <class... Params, class... Args>
Result<Clocks> listed(const Gpu& gpu, const Symbol<nvmlReturn_t(nvmlDevice_t, Params...)>& function,
                      Args... args) {
  if (auto missing = obstacle(gpu, function)) return std::move(*missing);
  std::vector<std::uint32_t> raw(kUsual);
  auto count = static_cast<std::uint32_t>(raw.size());
  nvmlReturn_t answer = gpu.nvml()->status_of(function, gpu.handle(), args..., &count, raw.data());
  if (answer == status::kInsufficientSize && count > raw.size() && count <= kMostClocks) {
    raw.resize(count);
    answer = gpu.nvml()->status_of(function, gpu.handle(), args..., &count, raw.data());
  }
  if (answer != status::kSuccess) return gpu.nvml()->error(function, answer);
  if (count > raw.size()) {
    return implausible(function.name, count, 0, static_cast<std::int64_t>(raw.size()), "clocks");
  }
  Clocks clocks;
  for (const std::uint32_t clock : std::span(raw).first(count)) {
    if (auto known = believed(kClockBounds, clock, function.name); !known) return known.error();
    clocks.push_back(clock);
  }
  sort_out(clocks);
  if (!clocks.empty()) return clocks;
  return Error{Errc::operation_not_supported, std::string(function.name) + ": no clocks", "", {}};
}

}  // namespace

Result<Clocks> memory_clocks(const Gpu& gpu) {
  return listed(gpu, gpu.functions().supported_memory_clocks);
}

Result<Clocks> graphics_clocks(const Gpu& gpu, std::uint32_t memory) {
  return listed(gpu, gpu.functions().supported_graphics_clocks, memory);
}

Result<Clocks> graphics_clocks(const Gpu& gpu) {
  const auto memory = memory_clocks(gpu);
  if (!memory) return memory;
  Clocks all;
  for (const double clock : *memory) {
    const auto own = graphics_clocks(gpu, static_cast<std::uint32_t>(clock));
    if (!own) return own;
    all.insert(all.end(), own->begin(), own->end());
  }
  sort_out(all);
  return all;
}

}  // namespace accel::nvidia
