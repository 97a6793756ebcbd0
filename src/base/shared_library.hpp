// A vendor's library, opened at run time.
#pragma once

#include <initializer_list>
#include <string>

#include "accel/result.hpp"

namespace accel::base {

class SharedLibrary {
 public:
  /// Opens `name` by the dynamic loader's rules: a bare soname is searched for, a path is not.
  /// driver_not_found with the loader's own words when it cannot.
  static Result<SharedLibrary> open(const std::string& name);

  /// Points `function` at the first of `symbols` that the library exports, newest name first;
  /// null when there is none.
  template <class Fn>
  void resolve(Fn*& function, std::initializer_list<const char*> symbols) const {
    function = nullptr;
    for (const char* symbol : symbols) {
      // POSIX guarantees that this conversion is valid.
      function = reinterpret_cast<Fn*>(find(symbol));
      if (function != nullptr) return;
    }
  }
  [[nodiscard]] void* find(const char* symbol) const;

 private:
  explicit SharedLibrary(void* handle) : handle_(handle) {}

  // Never closed: vendor libraries start threads and register exit handlers.
  void* handle_;
};

}  // namespace accel::base
