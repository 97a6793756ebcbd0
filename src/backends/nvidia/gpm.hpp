// NVIDIA's fine-grained performance counters (GPM, Hopper and newer): activity between two samples
// that the driver takes.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "backends/nvidia/sampling.hpp"

namespace accel::nvidia {

/// Of one GPU. The first read() only takes a sample: its readings are `pending`.
class Gpm {
 public:
  explicit Gpm(Gpu gpu) : gpu_(std::move(gpu)) {}
  ~Gpm();
  Gpm(const Gpm&) = delete;
  Gpm& operator=(const Gpm&) = delete;

  void read(Sampling& sampling);
  /// Whether it gives the PCI Express throughput, which else takes 40 ms to measure.
  [[nodiscard]] bool has_pcie() const { return metrics_ != nullptr; }

 private:
  /// Makes room for two samples; fails where the GPU has no such counters.
  Result<void> prepare();
  Result<nvmlGpmSample_t> room();
  /// Takes a sample and compares it with the one before, if there is one.
  Result<void> advance();
  [[nodiscard]] Result<double> value(std::uint32_t id) const;

  Gpu gpu_;
  std::optional<Error> refusal_;  ///< why there will never be a value
  nvmlGpmSample_t previous_ = nullptr;
  nvmlGpmSample_t next_ = nullptr;
  bool has_previous_ = false;
  std::unique_ptr<nvmlGpmMetricsGet_t> metrics_;
};

}  // namespace accel::nvidia
