// Asking a driver for its memory regions: through the render node, without any library.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "backends/intel/memory_regions.hpp"

namespace accel::intel {
namespace {

class Node {
 public:
  explicit Node(const std::filesystem::path& path)
      : fd_(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK)) {}
  ~Node() {
    if (fd_ >= 0) ::close(fd_);
  }
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

// include/uapi/drm/i915_drm.h
struct I915Item {
  std::uint64_t query_id = 4;  // DRM_I915_QUERY_MEMORY_REGIONS
  std::int32_t length = 0;
  std::uint32_t flags = 0;
  std::uint64_t data = 0;
};
struct I915Query {
  std::uint32_t count = 1;
  std::uint32_t flags = 0;
  std::uint64_t items = 0;
};
constexpr unsigned long kI915Query = 0xC0106479;
static_assert(sizeof(I915Item) == 24 && sizeof(I915Query) == 16);

// include/uapi/drm/xe_drm.h
struct XeQuery {
  std::uint64_t extensions = 0;
  std::uint32_t query = 1;  // DRM_XE_DEVICE_QUERY_MEM_REGIONS
  std::uint32_t size = 0;
  std::uint64_t data = 0;
  std::uint64_t reserved[2] = {};
};
constexpr unsigned long kXeQuery = 0xC0286440;
static_assert(sizeof(XeQuery) == 40);

/// No GPU has so many regions; a driver that says so is not believed.
constexpr std::uint32_t kMostBytes = 64 * 1024;

std::uint64_t address_of(void* pointer) { return reinterpret_cast<std::uintptr_t>(pointer); }

Error refused(const std::filesystem::path& node, const char* request) {
  Error error = base::system_error(node, errno);
  error.message = std::string(request) + ": " + error.message;
  return error;
}

/// Both drivers tell the answer's size when asked with none.
Result<std::vector<std::byte>> ask_i915(int fd, const std::filesystem::path& node) {
  std::vector<std::byte> answer;
  for (int round = 0; round < 2; ++round) {
    I915Item item;
    item.length = static_cast<std::int32_t>(answer.size());
    item.data = address_of(answer.data());
    I915Query query;
    query.items = address_of(&item);
    if (::ioctl(fd, kI915Query, &query) != 0) return refused(node, "DRM_IOCTL_I915_QUERY");
    if (item.length <= 0 || item.length > static_cast<std::int32_t>(kMostBytes)) {
      errno = item.length < 0 ? -item.length : EINVAL;
      return refused(node, "DRM_I915_QUERY_MEMORY_REGIONS");
    }
    if (round == 0) answer.resize(static_cast<std::size_t>(item.length));
  }
  return answer;
}

Result<std::vector<std::byte>> ask_xe(int fd, const std::filesystem::path& node) {
  std::vector<std::byte> answer;
  for (int round = 0; round < 2; ++round) {
    XeQuery query;
    query.size = static_cast<std::uint32_t>(answer.size());
    query.data = address_of(answer.data());
    if (::ioctl(fd, kXeQuery, &query) != 0) return refused(node, "DRM_IOCTL_XE_DEVICE_QUERY");
    if (query.size == 0 || query.size > kMostBytes) {
      errno = EINVAL;
      return refused(node, "DRM_XE_DEVICE_QUERY_MEM_REGIONS");
    }
    if (round == 0) answer.resize(query.size);
  }
  return answer;
}

MemoryFigures none(const Absence& why, const std::string& source) {
  return {{why, source}, {why, source}, {why, source}};
}

MemoryFigures query(const Place& place, const std::filesystem::path& path) {
  const std::string source = path.string();
  const Node node(path);
  if (node.get() < 0) {
    Error error = base::system_error(path, errno);
    if (error.code == Errc::permission_denied) error.remedy = "add the user to the group render";
    return none(absence_of(error), source);
  }
  const bool is_xe = place.driver() == "xe";
  const auto answer = is_xe ? ask_xe(node.get(), path) : ask_i915(node.get(), path);
  if (!answer) return none(absence_of(answer.error()), source);
  return is_xe ? xe_memory(*answer, source) : i915_memory(*answer, source);
}

/// What xe keeps in sysfs: the size alone (xe_tile_sysfs.c).
Reading<Bytes> size_in_sysfs(const Place& place) {
  Reading<Bytes> sum =
      Absence{ReadingStatus::unsupported,
              place.function.directory.string() + "/tile*: no file physical_vram_size_bytes", ""};
  for (const base::Dir& tile : place.device().children("tile")) {
    constexpr base::Attribute<Bytes> kSize{"physical_vram_size_bytes", 1};
    if (!tile.has(kSize.file)) continue;
    const std::string source = tile.source(kSize.file);
    const auto size = tile.read(kSize);
    if (!size) return {absence_of(size.error()), source};
    if (size->value <= 0) return {Absence{ReadingStatus::error, source + ": no size", ""}, source};
    sum = sum ? Reading<Bytes>(*sum + *size, source) : Reading<Bytes>(*size, source);
  }
  return sum;
}

}  // namespace

MemoryFigures memory_of(const Place& place, const Machine& machine, bool is_discrete) {
  if (!is_discrete) {
    return none({ReadingStatus::unsupported, "integrated: it has no memory of its own", ""},
                place.function.directory.string());
  }
  const auto node = std::ranges::find_if(place.nodes, [](const std::string& name) {
    return name.find("/renderD") != std::string::npos;
  });
  MemoryFigures figures;
  if (!machine.is_this_machine()) {
    figures = none({ReadingStatus::unsupported,
                    "only the driver knows it, and a recorded machine has none to ask", ""},
                   place.function.directory.string());
  } else if (node == place.nodes.end()) {
    figures = none({ReadingStatus::unsupported, "the driver has made no render node", ""},
                   place.function.directory.string());
  } else {
    figures = query(place, machine.path(*node));
  }
  if (!figures.total) {
    if (auto size = size_in_sysfs(place)) figures.total = std::move(size);
  }
  return figures;
}

}  // namespace accel::intel
