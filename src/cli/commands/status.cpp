// accel status: the present readings of every accelerator, once.
#include <utility>

#include "cli/commands/all.hpp"
#include "cli/context.hpp"
#include "cli/problems.hpp"
#include "render/status_text.hpp"

namespace accel::cli {
namespace {

constexpr Example kExamples[] = {
    {"accel status", "a report on every accelerator"},
    {"accel --device 0 status --json", "one accelerator, every reading with unit and source"},
    {"accel status --query name,temperature,power,fan_speed", "a table of chosen readings"},
};

constexpr Exit kExits[] = {
    {ExitCode::ok, "read, also when there is no accelerator or a reading is missing"},
    {ExitCode::failed, "the answer could not be written"},
    {ExitCode::usage, "the command line is wrong"},
    {ExitCode::no_device, "--device names a device that is not there"},
};

render::StatusReport report(const Context& context, std::vector<Error> problems,
                            std::vector<DeviceSample> samples) {
  return {context.machine.simulated, context.machine.clock->wall(), context.machine.clock->steady(),
          std::move(samples), std::move(problems)};
}

ExitCode run(Context& context) {
  const auto system = context.system();
  system->discover();
  const auto positions = context.chosen(*system);
  if (!positions) return context.fail(positions.error());
  const Format format = context.settings.format;
  auto problems = problems_of(context, *system, *positions);
  if (context.settings.query) {
    const auto samples = Context::sample_for(*system, *positions, *context.settings.query);
    for (const Error& problem : problems) context.tell(problem);
    context.out = context.rows_text(*context.settings.query, samples, format);
    return ExitCode::ok;
  }
  // The use of some devices is that of their programs together, also where no program is shown.
  auto samples = system->sample(*positions, {.processes = true});
  if (format == Format::csv) {
    for (const Error& problem : problems) context.tell(problem);
    context.out = context.rows_text(render::Query::everything(samples), samples, format);
    return ExitCode::ok;
  }
  const auto made = report(context, std::move(problems), std::move(samples));
  context.out = format == Format::text ? render::status_text(made, context.look())
                                       : Context::written(render::status_document(made), format);
  return ExitCode::ok;
}

}  // namespace

const Command kStatus{"status",
                      "Look",
                      "The present readings of every accelerator",
                      "Reads every accelerator once: utilization, memory, temperature, power, "
                      "clocks, fans, links, errors and the programs that use it. A reading that is "
                      "missing is named with the reason. No suspended device is woken.",
                      {},
                      {},
                      kMachine | kDevices | kFormats | kRows | kFields,
                      kExamples,
                      kExits,
                      false,
                      run};

}  // namespace accel::cli
