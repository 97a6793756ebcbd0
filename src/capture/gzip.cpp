#include "capture/gzip.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <utility>

#include "base/dir.hpp"
#include "base/shared_library.hpp"

namespace accel::capture {

// zlib.h of zlib 1.2.13. These have been the same since 1.1; `gzFile` is an opaque pointer.
struct GzipFile::Functions {
  void* (*open)(int, const char*) = nullptr;             // gzdopen
  int (*write)(void*, const void*, unsigned) = nullptr;  // gzwrite
  int (*close)(void*) = nullptr;                         // gzclose
};

namespace {

constexpr const char* kLibrary = "libz.so.1";
constexpr int kOk = 0;  // Z_OK

Error failure() {
  return {Errc::io_error,
          "writing the compressed bundle: " + base::system_error("", errno).message,
          "",
          {}};
}

}  // namespace

GzipFile::GzipFile(std::shared_ptr<const Functions> functions, void* file)
    : functions_(std::move(functions)), file_(file) {}

GzipFile::GzipFile(GzipFile&& other) noexcept
    : functions_(std::move(other.functions_)), file_(std::exchange(other.file_, nullptr)) {}

GzipFile::~GzipFile() {
  if (file_ != nullptr) functions_->close(file_);
}

Result<GzipFile> GzipFile::open(int descriptor) {
  const auto library = base::SharedLibrary::open(kLibrary);
  if (!library) {
    return Error{library.error().code,
                 library.error().message,
                 "give the bundle a name that ends in .tar, which needs no zlib",
                 {}};
  }
  auto functions = std::make_shared<Functions>();
  library->resolve(functions->open, {"gzdopen"});
  library->resolve(functions->write, {"gzwrite"});
  library->resolve(functions->close, {"gzclose"});
  if (functions->open == nullptr || functions->write == nullptr || functions->close == nullptr) {
    return Error{Errc::driver_not_found, std::string(kLibrary) + ": lacks gzdopen", "", {}};
  }
  const int own = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (own < 0) return failure();
  void* file = functions->open(own, "wb6");
  if (file == nullptr) {
    ::close(own);
    return failure();
  }
  return GzipFile(std::move(functions), file);
}

Result<void> GzipFile::write(std::string_view bytes) {
  constexpr std::size_t kMost = std::size_t{1} << 20;
  while (!bytes.empty()) {
    const auto piece = bytes.substr(0, std::min(bytes.size(), kMost));
    const int written = functions_->write(file_, piece.data(), static_cast<unsigned>(piece.size()));
    if (written <= 0) return failure();
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> GzipFile::close() {
  if (functions_->close(std::exchange(file_, nullptr)) != kOk) return failure();
  return {};
}

}  // namespace accel::capture
