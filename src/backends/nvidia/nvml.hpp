// libnvidia-ml.so.1, opened at run time, and its calls turned into Results. It knows no device.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "accel/result.hpp"
#include "backends/nvidia/nvml_abi.hpp"
#include "base/shared_library.hpp"
#include "base/vendor_call.hpp"

namespace accel::nvidia {

/// A function of the library; `call` is null where this driver does not export it.
template <class Signature>
struct Symbol {
  const char* name = nullptr;  ///< as exported, or the newest name where there is none
  Signature* call = nullptr;
};

/// One member a row of nvml_functions.inc.
struct Functions {
#define ACCEL_NVML_FIRST(first, ...) first
#define ACCEL_NVML(member, signature, ...) \
  Symbol<signature> member{ACCEL_NVML_FIRST(__VA_ARGS__, )};
#include "backends/nvidia/nvml_functions.inc"
#undef ACCEL_NVML
#undef ACCEL_NVML_FIRST
  const char* (*error_string)(nvmlReturn_t) = nullptr;
};

/// Thread-safe once init() has succeeded, as NVML is.
class Nvml {
 public:
  /// Opens the library and finds its functions; driver_not_found when there is none. Initializes
  /// nothing.
  static Result<std::shared_ptr<Nvml>> load(const std::string& library);

  Nvml(const Nvml&) = delete;
  Nvml& operator=(const Nvml&) = delete;
  /// Shuts down if init() has succeeded.
  ~Nvml() { shutdown(); }

  /// Touches no GPU: NVML attaches one when its handle is asked for. error(functions().init, ...)
  /// says what a status means.
  nvmlReturn_t init();
  /// NVML counts initializations: only what init() has done is undone. Errors are of no use to
  /// anyone by then and are dropped.
  void shutdown() noexcept;
  [[nodiscard]] bool is_open() const { return open_.load(std::memory_order_acquire); }

  [[nodiscard]] const Functions& functions() const { return functions_; }
  /// What the loader was asked for.
  [[nodiscard]] const std::string& library() const { return library_; }
  /// "535.104.12"; empty where the library does not tell.
  [[nodiscard]] const std::string& driver_version() const { return driver_version_; }
  /// 535; 0 where the library does not tell.
  [[nodiscard]] int driver_branch() const { return driver_branch_; }

  /// The bare call; kFunctionNotFound for a symbol that this driver lacks, kUninitialized after
  /// shutdown().
  template <class... Params, class... Args>
  nvmlReturn_t status_of(const Symbol<nvmlReturn_t(Params...)>& function, Args... args) const {
    if (function.call == nullptr) return status::kFunctionNotFound;
    if (!is_open()) return status::kUninitialized;
    const base::VendorCall mark("NVIDIA", "libnvidia-ml.so.1", function.name);
    return function.call(args...);
  }
  template <class... Params, class... Args>
  Result<void> call(const Symbol<nvmlReturn_t(Params...)>& function, Args... args) const {
    const nvmlReturn_t answer = status_of(function, args...);
    if (answer == status::kSuccess) return {};
    return error(function, answer);
  }
  template <class Signature>
  [[nodiscard]] Error error(const Symbol<Signature>& function, nvmlReturn_t answer) const {
    if (function.call == nullptr) return missing(function.name);
    return failed(function.name, answer);
  }

 private:
  Nvml(std::string library, const base::SharedLibrary& opened);

  [[nodiscard]] static Error missing(const char* function);
  [[nodiscard]] Error failed(const char* function, nvmlReturn_t answer) const;
  void read_versions();

  std::string library_;
  Functions functions_;
  std::atomic<bool> open_ = false;
  std::string driver_version_;
  int driver_branch_ = 0;
};

}  // namespace accel::nvidia
