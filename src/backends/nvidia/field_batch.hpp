// Many of NVML's numbered fields in one call.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "backends/nvidia/gpu.hpp"

namespace accel::nvidia {

/// One field of one scope (a link number; 0 where the field has none).
struct FieldId {
  std::uint32_t field;
  std::uint32_t scope = 0;

  friend bool operator==(const FieldId&, const FieldId&) = default;
};

/// Asks for all fields at once; each then has its own value or its own error.
class FieldBatch {
 public:
  FieldBatch(const Gpu& gpu, std::span<const FieldId> wanted);

  /// As the field's type says: 32-bit and 64-bit numbers with and without sign are told apart, so
  /// that "all bits set" is known when it is seen. `Use` is called with the number.
  template <class T, class Use>
  Result<T> value(FieldId id, Use use) const {
    const Result<nvmlFieldValue_t> found = find(id);
    if (!found) return found.error();
    switch (found->value_type) {
      case value_type::kUnsignedInt: return use(found->value.unsigned_int);
      case value_type::kUnsignedLong:
      case value_type::kUnsignedLongLong: return use(found->value.unsigned_long);
      case value_type::kSignedLongLong: return use(found->value.signed_long);
      case value_type::kSignedInt: return use(found->value.signed_int);
      case value_type::kUnsignedShort:
        return use(static_cast<std::uint32_t>(found->value.unsigned_short));
      default: return unknown_type(id, found->value_type);
    }
  }

  /// "nvmlDeviceGetFieldValues(82)"
  [[nodiscard]] static std::string source(FieldId id);

 private:
  [[nodiscard]] Result<nvmlFieldValue_t> find(FieldId id) const;
  [[nodiscard]] static Error unknown_type(FieldId id, std::uint32_t type);

  const Nvml* nvml_;
  std::vector<nvmlFieldValue_t> values_;
  std::optional<Error> failure_;  // of the whole call
};

}  // namespace accel::nvidia
