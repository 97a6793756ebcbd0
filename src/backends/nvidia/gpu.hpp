// A GPU (or a MIG device) as NVML's functions take it, or the reason why it must not be asked.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "backends/nvidia/nvml.hpp"
#include "backends/nvidia/text_answer.hpp"

namespace accel::nvidia {

/// Cheap to copy.
class Gpu {
 public:
  Gpu(std::shared_ptr<const Nvml> nvml, nvmlDevice_t handle)
      : nvml_(std::move(nvml)), handle_(handle) {}
  /// A device that nobody may ask (asleep, without driver, ...): every call answers `refusal`.
  explicit Gpu(Error refusal) : refusal_(std::move(refusal)) {}

  /// One of its MIG devices, which NVML's functions take like a GPU.
  [[nodiscard]] Gpu part(nvmlDevice_t handle) const { return {nvml_, handle}; }
  /// The same device, but every call answers `refusal`.
  [[nodiscard]] Gpu refusing(Error refusal) const {
    Gpu refused = *this;
    refused.refusal_ = std::move(refusal);
    return refused;
  }
  /// Null when it may be asked.
  [[nodiscard]] const Error* refusal() const { return refusal_ ? &*refusal_ : nullptr; }
  [[nodiscard]] nvmlDevice_t handle() const { return handle_; }
  [[nodiscard]] const Nvml* nvml() const { return nvml_.get(); }
  [[nodiscard]] const std::shared_ptr<const Nvml>& shared_nvml() const { return nvml_; }
  [[nodiscard]] const Functions& functions() const {
    static const Functions none;
    return nvml_ == nullptr ? none : nvml_->functions();
  }

  template <class... Params, class... Args>
  Result<void> call(const Symbol<nvmlReturn_t(nvmlDevice_t, Params...)>& function,
                    Args... args) const {
    if (refusal_) return *refusal_;
    return nvml_->call(function, handle_, args...);
  }
  /// What the function writes through its last parameter.
  template <class T, class... Params, class... Args>
  Result<T> ask(const Symbol<nvmlReturn_t(nvmlDevice_t, Params...)>& function, Args... args) const {
    T answer{};
    if (auto done = call(function, args..., &answer); !done) return std::move(done).error();
    return answer;
  }
  [[nodiscard]] Result<std::string> text(
      const Symbol<nvmlReturn_t(nvmlDevice_t, char*, std::uint32_t)>& function) const {
    TextBuffer buffer;
    if (auto done = call(function, buffer.data(), buffer.size()); !done) {
      return std::move(done).error();
    }
    return buffer.text(function.name);
  }

 private:
  std::shared_ptr<const Nvml> nvml_;
  nvmlDevice_t handle_ = nullptr;
  std::optional<Error> refusal_;
};

}  // namespace accel::nvidia
