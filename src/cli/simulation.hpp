// A simulated machine, through the simulator's C interface. The simulator is loaded only when it
// was asked for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "accel/machine.hpp"
#include "accel/result.hpp"
#include "accel/units.hpp"
#include "accelerator/sim.h"

namespace accel::cli {

/// Where to find the parts of an installation, from the place of the program itself.
struct Installation {
  std::filesystem::path program_dir;

  /// LIBDIR/accel of an installation, or lib/accel of a build tree; empty when neither exists.
  [[nodiscard]] std::filesystem::path library_dir() const;
};

class Simulation {
 public:
  struct Wanted {
    std::optional<std::string> scenario;  ///< none: the node that lies in the state directory
    std::optional<std::filesystem::path> state_dir;
  };

  /// Opens the node, making it on first use. Sets ACCEL_SIM_STATE, by which the simulated vendor
  /// libraries find it: call before any is loaded.
  static Result<Simulation> open(const Installation& installation, const Wanted& wanted);
  /// The scenarios that can be named, as JSON.
  static Result<std::string> scenarios(const Installation& installation);

  [[nodiscard]] std::filesystem::path root() const;
  [[nodiscard]] std::filesystem::path library_dir() const;
  [[nodiscard]] std::filesystem::path state_dir() const;
  [[nodiscard]] std::string scenario() const;
  /// What a Machine calls; may outlive this object.
  [[nodiscard]] SimulatedDrivers drivers() const;

  Result<void> inject(const std::string& device, const std::string& fault);
  Result<void> clear(const std::string& device);
  Result<void> remove();
  Result<void> step(Duration time);
  /// The node as JSON.
  [[nodiscard]] Result<std::string> show() const;

  /// The simulator's functions, resolved.
  struct Library;

 private:
  Simulation(const Library& library, accel_sim_node* node);

  const Library* library_;
  std::shared_ptr<accel_sim_node> node_;
};

}  // namespace accel::cli
