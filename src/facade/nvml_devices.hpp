// NVIDIA devices as NVML numbers them: counted, found by what a user calls them, and never woken.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "accel/machine.hpp"
#include "accel/selector.hpp"
#include "backends/nvidia/gpu.hpp"
#include "backends/nvidia/library.hpp"

namespace accel::facade {

/// One thread at a time.
class NvmlDevices {
 public:
  explicit NvmlDevices(Machine machine)
      : machine_(std::move(machine)), library_(std::make_shared<const Machine>(machine_)) {}
  NvmlDevices(const NvmlDevices&) = delete;
  NvmlDevices& operator=(const NvmlDevices&) = delete;

  [[nodiscard]] const Machine& machine() const { return machine_; }

  /// Loads and initialises the library.
  Result<void> open();
  void close() noexcept { library_.close(); }

  [[nodiscard]] Result<std::uint32_t> count() const;
  /// Its handle; device_asleep for a device that asking would wake.
  [[nodiscard]] Result<nvidia::Gpu> device(std::uint32_t index) const;
  /// The device that the selector means.
  [[nodiscard]] Result<nvidia::Gpu> select(const Selector& selector) const;

 private:
  /// The same where the library counts other devices than the bus shows, as in a container, so that
  /// their order does not tell which of them sleeps: only those that are awake are asked.
  [[nodiscard]] Result<nvidia::Gpu> awake_device(std::uint32_t index) const;
  [[nodiscard]] Result<nvidia::Gpu> at(const PciAddress& address) const;
  [[nodiscard]] Result<nvidia::Gpu> by_index(const Selector& selector,
                                             const Selector::Index& index) const;
  [[nodiscard]] Result<nvidia::Gpu> by_uuid(const Selector& selector,
                                            const Selector::Uuid& uuid) const;

  /// Why no device that was asked has that UUID: one that has it sleeps, or none has it.
  [[nodiscard]] Error unanswered(const Selector& selector, const Selector::Uuid& uuid) const;

  Machine machine_;
  nvidia::Library library_;
};

}  // namespace accel::facade
