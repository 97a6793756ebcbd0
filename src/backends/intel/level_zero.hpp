// libze_loader.so.1, opened at run time, and its calls turned into Results. It knows no reading.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "accel/machine.hpp"
#include "accel/pci_address.hpp"
#include "backends/intel/level_zero_abi.hpp"
#include "base/shared_library.hpp"
#include "base/vendor_call.hpp"

namespace accel::intel {

/// A function of the library; `call` is null where this loader does not export it.
template <class Signature>
struct ZesSymbol {
  const char* name = nullptr;
  Signature* call = nullptr;
};

/// One member a row of level_zero_functions.inc.
struct ZesFunctions {
#define ACCEL_ZES(member, signature, symbol) ZesSymbol<signature> member = {symbol, nullptr};
#include "backends/intel/level_zero_functions.inc"
#undef ACCEL_ZES
};

/// Thread-safe once it is there, as Level Zero is. Never finalized: that is the process's end.
class LevelZero {
 public:
  /// Opens and initializes the library, which opens every Intel device and wakes it: only while all
  /// are awake. driver_not_found where there is no library.
  static Result<std::shared_ptr<const LevelZero>> start(const Machine& machine);

  [[nodiscard]] const ZesFunctions& functions() const { return functions_; }

  template <class... Params, class... Args>
  Result<void> call(const ZesSymbol<ze_result_t(Params...)>& function, Args... args) const {
    if (function.call == nullptr) return missing(function.name);
    const base::VendorCall mark("Intel", "libze_loader.so.1", function.name);
    const ze_result_t answer = function.call(args...);
    if (answer == ze_result::kSuccess) return {};
    return failed(function.name, answer);
  }

  /// What a function lists that is asked twice: for the number, then for the handles.
  template <class Handle, class Of>
  Result<std::vector<Handle>> list(
      const ZesSymbol<ze_result_t(Of, std::uint32_t*, Handle*)>& function, Of of) const {
    return list_with<Handle>(function.name, [&](std::uint32_t* count, Handle* handles) {
      return call(function, of, count, handles);
    });
  }

  /// `not_found` where the library has no device at that address.
  [[nodiscard]] Result<zes_device_handle_t> device(const PciAddress& address) const;

 private:
  explicit LevelZero(const base::SharedLibrary& opened);

  template <class Handle, class Ask>
  static Result<std::vector<Handle>> list_with(const char* name, Ask ask) {
    std::uint32_t count = 0;
    if (auto done = ask(&count, static_cast<Handle*>(nullptr)); !done) return done.error();
    if (count > most_handles) return too_many(name, count);
    std::vector<Handle> handles(count);
    if (count == 0) return handles;
    if (auto done = ask(&count, handles.data()); !done) return done.error();
    if (count > handles.size()) return too_many(name, count);
    handles.resize(count);
    return handles;
  }

  /// More than any machine has; a library that says so is not believed.
  static constexpr std::uint32_t most_handles = 4096;
  [[nodiscard]] static Error too_many(const char* function, std::uint32_t count);
  [[nodiscard]] static Error missing(const char* function);
  [[nodiscard]] static Error failed(const char* function, ze_result_t answer);

  ZesFunctions functions_;
};

}  // namespace accel::intel
