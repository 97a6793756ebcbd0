#include "backends/amd/memory_kind.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "base/dir.hpp"

namespace accel::amd {
namespace {

// include/uapi/drm/amdgpu_drm.h
struct InfoRequest {
  std::uint64_t answer = 0;
  std::uint32_t size = 0;
  std::uint32_t query = 0x16;  // AMDGPU_INFO_DEV_INFO
  std::array<std::uint32_t, 4> unused{};
};
constexpr unsigned long kInfo = 0x40206445;  // DRM_IOCTL_AMDGPU_INFO
static_assert(sizeof(InfoRequest) == 32);

/// Of vram_type in struct drm_amdgpu_info_device; kernels before 4.0 end before it.
constexpr std::size_t kTypeOffset = 176;
/// The driver fills what there is room for.
constexpr std::size_t kRoom = 1024;

/// AMDGPU_VRAM_TYPE_*, by number.
constexpr std::array<std::string_view, 15> kKinds{"",      "GDDR1",  "DDR2",   "GDDR3", "GDDR4",
                                                  "GDDR5", "HBM",    "DDR3",   "DDR4",  "GDDR6",
                                                  "DDR5",  "LPDDR4", "LPDDR5", "HBM3E", "HBM4"};

}  // namespace

std::string_view memory_kind(std::span<const std::byte> device_info) {
  std::uint32_t number = 0;
  if (device_info.size() < kTypeOffset + sizeof number) return {};
  std::memcpy(&number, device_info.data() + kTypeOffset, sizeof number);
  return number < kKinds.size() ? kKinds.at(number) : std::string_view();
}

Result<std::string_view> ask_memory_kind(const std::filesystem::path& render_node) {
  const int node = ::open(render_node.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK);
  if (node < 0) return base::system_error(render_node.string(), errno);
  std::array<std::byte, kRoom> answer{};
  InfoRequest request;
  request.answer = reinterpret_cast<std::uintptr_t>(answer.data());
  request.size = kRoom;
  const int failed = ::ioctl(node, kInfo, &request);
  const int why = errno;
  ::close(node);
  if (failed != 0) {
    return annotate("AMDGPU_INFO_DEV_INFO", base::system_error(render_node.string(), why));
  }
  return memory_kind(answer);
}

}  // namespace accel::amd
