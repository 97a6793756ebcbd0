#include "cli/top/sampling.hpp"

#include <utility>

#include "cli/top/take.hpp"
#include "render/process_text.hpp"
#include "render/status_text.hpp"

namespace accel::cli::top {

Sample look(System& system, const Look& wanted) {
  Clock& clock = *system.machine().clock;
  const auto start = clock.steady();
  auto devices = system.sample(wanted.positions, {.processes = true, .slow = wanted.slow});
  Sample sample;
  sample.wall = clock.wall();
  sample.steady = clock.steady();
  sample.took = sample.steady - start;
  sample.simulated = system.machine().simulated;
  take(devices, sample);
  sample.hidden = render::hidden_text(hidden_from(devices));
  for (const Error& problem : system.problems()) sample.problems.push_back(problem.message);
  if (wanted.details >= 0 && static_cast<std::size_t>(wanted.details) < devices.size()) {
    render::StatusReport report{{}, sample.wall, sample.steady, {}, {}};
    report.devices.push_back(std::move(devices[static_cast<std::size_t>(wanted.details)]));
    sample.details = render::status_text(report, {wanted.width, false});
  }
  return sample;
}

}  // namespace accel::cli::top
