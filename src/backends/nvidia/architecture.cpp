#include "backends/nvidia/architecture.hpp"

#include <algorithm>
#include <array>

namespace accel::nvidia {
namespace {

struct Named {
  std::uint32_t number;
  std::string_view name;
};

/// NVML_DEVICE_ARCH_*, nvml.h of driver 610.
constexpr std::array<Named, 10> kArchitectures{{{2, "Kepler"},
                                                {3, "Maxwell"},
                                                {4, "Pascal"},
                                                {5, "Volta"},
                                                {6, "Turing"},
                                                {7, "Ampere"},
                                                {8, "Ada"},
                                                {9, "Hopper"},
                                                {10, "Blackwell"},
                                                {13, "Rubin"}}};

/// NVML_BRAND_*, nvml.h of driver 610.
constexpr std::array<Named, 16> kBrands{{{1, "Quadro"},
                                         {2, "Tesla"},
                                         {3, "NVS"},
                                         {4, "GRID"},
                                         {5, "GeForce"},
                                         {6, "Titan"},
                                         {7, "NVIDIA Virtual Applications"},
                                         {8, "NVIDIA Virtual PC"},
                                         {9, "NVIDIA Virtual Compute Server"},
                                         {10, "NVIDIA RTX Virtual Workstation"},
                                         {11, "NVIDIA Cloud Gaming"},
                                         {12, "Quadro RTX"},
                                         {13, "NVIDIA RTX"},
                                         {14, "NVIDIA"},
                                         {15, "GeForce RTX"},
                                         {16, "Titan RTX"}}};

template <std::size_t N>
std::string_view name_in(const std::array<Named, N>& names, std::uint32_t number) {
  const auto found = std::ranges::find(names, number, &Named::number);
  return found == names.end() ? std::string_view() : found->name;
}

struct Multiprocessor {
  int major;
  int minor;
  std::uint32_t cores;
};

/// CUDA C++ Programming Guide, "Compute Capabilities", and CUDA samples' helper_cuda.h.
constexpr std::array<Multiprocessor, 17> kMultiprocessors{{{3, 0, 192},
                                                           {3, 5, 192},
                                                           {3, 7, 192},
                                                           {5, 0, 128},
                                                           {5, 2, 128},
                                                           {6, 0, 64},
                                                           {6, 1, 128},
                                                           {7, 0, 64},
                                                           {7, 5, 64},
                                                           {8, 0, 64},
                                                           {8, 6, 128},
                                                           {8, 9, 128},
                                                           {9, 0, 128},
                                                           {10, 0, 128},
                                                           {10, 3, 128},
                                                           {12, 0, 128},
                                                           {12, 1, 128}}};

}  // namespace

std::string_view architecture_name(std::uint32_t architecture) {
  return name_in(kArchitectures, architecture);
}

std::string_view brand_name(std::uint32_t brand) { return name_in(kBrands, brand); }

std::optional<std::uint32_t> cores_per_multiprocessor(int major, int minor) {
  const auto found = std::ranges::find_if(kMultiprocessors, [&](const Multiprocessor& known) {
    return known.major == major && known.minor == minor;
  });
  if (found == kMultiprocessors.end()) return std::nullopt;
  return found->cores;
}

}  // namespace accel::nvidia
