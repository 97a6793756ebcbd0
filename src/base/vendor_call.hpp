// Marks that the thread is inside a vendor's library, so that whoever finds the program crashed can
// tell whose crash it was. It knows no vendor and catches nothing.
#pragma once

#include <atomic>

namespace accel::base {

/// Lives as long as one call into a vendor's library:
///
///     const base::VendorCall mark("NVIDIA", "libnvidia-ml.so.1", "nvmlDeviceGetPowerUsage");
///
/// Costs two stores. The texts must live as long as the program.
class VendorCall {
 public:
  VendorCall(const char* vendor, const char* library, const char* function)
      : vendor_(vendor), library_(library), function_(function), outer_(current_) {
    current_ = this;
    // The store must stand before the call although nobody on this thread seems to read it.
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }
  ~VendorCall() {
    std::atomic_signal_fence(std::memory_order_seq_cst);
    current_ = outer_;
  }
  VendorCall(const VendorCall&) = delete;
  VendorCall& operator=(const VendorCall&) = delete;

  [[nodiscard]] const char* vendor() const { return vendor_; }
  [[nodiscard]] const char* library() const { return library_; }
  [[nodiscard]] const char* function() const { return function_; }

  /// The innermost call this thread is in; null outside of any. May be asked in a signal handler.
  [[nodiscard]] static const VendorCall* current() { return current_; }

 private:
  // NOLINTNEXTLINE(readability-identifier-naming): a private member, though the linter thinks not
  inline static thread_local constinit const VendorCall* current_ = nullptr;

  const char* vendor_;
  const char* library_;
  const char* function_;
  const VendorCall* outer_;
};

}  // namespace accel::base
