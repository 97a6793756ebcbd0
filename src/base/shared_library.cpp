#include "base/shared_library.hpp"

#include <dlfcn.h>

namespace accel::base {

Result<SharedLibrary> SharedLibrary::open(const std::string& name) {
  void* handle = ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): glibc keeps the text per thread
    const char* reason = ::dlerror();
    return Error{Errc::driver_not_found, reason != nullptr ? reason : name, "", {}};
  }
  return SharedLibrary(handle);
}

void* SharedLibrary::find(const char* symbol) const { return ::dlsym(handle_, symbol); }

}  // namespace accel::base
