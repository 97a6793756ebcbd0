// Where a machine's control keeps things, and where its broker listens.
#pragma once

#include <filesystem>

#include "accel/machine.hpp"
#include "control/transactions.hpp"

namespace accel::control {

/// Of a real machine: below /var/lib/accel and /var/log/accel; of a simulated one, or with a state
/// directory that was asked for, all below that. Root's, since nobody else writes.
[[nodiscard]] Places places_of(const Machine& machine, const std::filesystem::path& state_dir);

/// /run/accel/broker.sock, or below the state directory as above.
[[nodiscard]] std::filesystem::path broker_socket(const Machine& machine,
                                                  const std::filesystem::path& state_dir);

}  // namespace accel::control
