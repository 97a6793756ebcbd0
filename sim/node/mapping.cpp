#include "mapping.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace accel::sim {
namespace {

Node* map(int fd, std::size_t size) {
  void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  return memory == MAP_FAILED ? nullptr : static_cast<Node*>(memory);
}

bool sound(const Node& node, std::size_t size) {
  return node.magic == kNodeMagic && node.layout == kLayoutVersion && node.size == size &&
         node.gpu_count <= kMaxGpus && node.card_count <= kMaxCards &&
         node_size(node.gpu_count, node.card_count) == size;
}

void make_lock(Node& node) {
  pthread_mutexattr_t attributes;
  ::pthread_mutexattr_init(&attributes);
  ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  ::pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  ::pthread_mutex_init(&node.mutex, &attributes);
  ::pthread_mutexattr_destroy(&attributes);
}

}  // namespace

std::unique_ptr<Mapping> Mapping::open(const std::string& state_dir) {
  const std::string file = state_dir + "/model";
  const int fd = ::open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return nullptr;
  struct stat status {};
  std::unique_ptr<Mapping> mapping;
  int error = EINVAL;
  if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
      static_cast<std::size_t>(status.st_size) >= sizeof(Node)) {
    const auto size = static_cast<std::size_t>(status.st_size);
    Node* node = map(fd, size);
    error = node == nullptr ? errno : EINVAL;
    if (node != nullptr && !sound(*node, size)) {
      ::munmap(node, size);
      node = nullptr;
    }
    if (node != nullptr) mapping.reset(new Mapping(node, size));
  }
  ::close(fd);
  if (!mapping) errno = error;
  return mapping;
}

std::unique_ptr<Mapping> Mapping::create(const std::string& file, std::size_t gpus,
                                         std::size_t cards) {
  ::unlink(file.c_str());
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return nullptr;
  const std::size_t size = node_size(gpus, cards);
  // Blocks are reserved now: a full disk is an error here, not a SIGBUS later.
  const int full = ::posix_fallocate(fd, 0, static_cast<off_t>(size));
  Node* node = full == 0 ? map(fd, size) : nullptr;
  const int error = full != 0 ? full : errno;
  ::close(fd);
  if (node == nullptr) {
    ::unlink(file.c_str());
    errno = error;
    return nullptr;
  }
  node->magic = kNodeMagic;
  node->layout = kLayoutVersion;
  node->size = size;
  node->gpu_count = static_cast<std::uint32_t>(gpus);
  node->card_count = static_cast<std::uint32_t>(cards);
  make_lock(*node);
  return std::unique_ptr<Mapping>(new Mapping(node, size));
}

Mapping::~Mapping() { ::munmap(node_, size_); }

Lock::Lock(Node& node) : node_(node) {
  // The model holds numbers only and each change leaves it usable, so nothing needs repair.
  if (::pthread_mutex_lock(&node_.mutex) == EOWNERDEAD) ::pthread_mutex_consistent(&node_.mutex);
}

Lock::~Lock() { ::pthread_mutex_unlock(&node_.mutex); }

std::string boot_id() {
  const int fd = ::open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  char text[40];
  const ssize_t length = ::read(fd, text, sizeof text);
  ::close(fd);
  return length >= 36 ? std::string(text, 36) : std::string();
}

}  // namespace accel::sim
