#include "backends/nvidia/field_batch.hpp"

#include <algorithm>

namespace accel::nvidia {

FieldBatch::FieldBatch(const Gpu& gpu, std::span<const FieldId> wanted) : nvml_(gpu.nvml()) {
  values_.reserve(wanted.size());
  for (const FieldId& id : wanted) {
    nvmlFieldValue_t request{};
    request.field_id = id.field;
    request.scope_id = id.scope;
    // What a driver leaves untouched has failed.
    request.result = status::kNotSupported;
    values_.push_back(request);
  }
  auto done = gpu.call(gpu.functions().field_values, static_cast<std::int32_t>(values_.size()),
                       values_.data());
  if (!done) failure_ = std::move(done).error();
}

Result<nvmlFieldValue_t> FieldBatch::find(FieldId id) const {
  if (failure_) return *failure_;
  const auto at = std::ranges::find_if(values_, [&](const nvmlFieldValue_t& value) {
    return value.field_id == id.field && value.scope_id == id.scope;
  });
  if (at == values_.end()) {
    return Error{Errc::malformed, source(id) + ": the answer has no such field", "", {}};
  }
  if (at->result == status::kSuccess) return *at;
  // Old drivers call a field that they do not know an invalid argument.
  const bool unknown = at->result == status::kInvalidArgument;
  Error error =
      nvml_->error(nvml_->functions().field_values, unknown ? status::kNotSupported : at->result);
  error.message.insert(error.message.find(':'), "(" + std::to_string(id.field) + ")");
  return error;
}

std::string FieldBatch::source(FieldId id) {
  return "nvmlDeviceGetFieldValues(" + std::to_string(id.field) + ")";
}

Error FieldBatch::unknown_type(FieldId id, std::uint32_t type) {
  return {Errc::malformed,
          source(id) + ": answered with the unknown type " + std::to_string(type),
          "",
          {}};
}

}  // namespace accel::nvidia
