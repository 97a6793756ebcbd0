// Asks the GPUs that the bus shows who they are and how they are, side by side, so that one that
// does not answer costs only itself. (Without persistence mode the first handle also starts the
// GPU, which takes a second or more: side by side they start together.)
#pragma once

#include <map>
#include <memory>
#include <span>
#include <vector>

#include "accel/machine.hpp"
#include "accel/pci_function.hpp"
#include "backends/nvidia/findings.hpp"
#include "backends/nvidia/identity.hpp"
#include "backends/nvidia/library.hpp"
#include "backends/nvidia/mig.hpp"
#include "base/worker.hpp"

namespace accel::nvidia {

/// What one GPU said, or why it could not be asked: known.gpu then refuses.
struct Introduction {
  KnownGpu known;
  bool divided = false;
  MigDevices parts;
};

/// Not for use by two threads at a time. GPUs that hang keep their worker, and are not asked again
/// before it comes back.
class Introductions {
 public:
  explicit Introductions(std::shared_ptr<const Machine> machine) : machine_(std::move(machine)) {}

  /// One for each of NVIDIA's `functions`, in their order.
  [[nodiscard]] std::vector<Introduction> hear(std::span<const PciFunction> functions,
                                               Library& library);

  /// What is wrong with each; a GPU that does not answer is a finding of its own.
  [[nodiscard]] std::vector<Finding> examine(std::span<const KnownGpu> gpus, bool library_works);

 private:
  base::Worker& worker_of(const PciAddress& address);

  std::shared_ptr<const Machine> machine_;
  std::map<PciAddress, std::unique_ptr<base::Worker>> workers_;
};

/// The identity of a GPU that answered, and its instances.
[[nodiscard]] Introduction introduce(KnownGpu known, const DriverIdentity& driver,
                                     const std::shared_ptr<const Machine>& machine);

/// A GPU that could not be asked.
[[nodiscard]] Introduction refuse(AcceleratorInfo quiet, Error why);

}  // namespace accel::nvidia
