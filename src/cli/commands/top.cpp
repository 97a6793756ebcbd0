// accel top: every accelerator and what runs on it, on a screen that is kept up to date.
#include <algorithm>
#include <limits>
#include <utility>

#include "base/environment.hpp"
#include "base/number.hpp"
#include "base/quantity_text.hpp"
#include "cli/commands/all.hpp"
#include "cli/context.hpp"
#include "cli/top/columns.hpp"
#include "cli/top/draw.hpp"
#include "cli/top/followed.hpp"
#include "cli/top/loop.hpp"
#include "cli/top/moment.hpp"
#include "cli/top/sampling.hpp"
#include "cli/top/screen.hpp"
#include "cli/top/take.hpp"
#include "render/json.hpp"
#include "render/status_document.hpp"

namespace accel::cli {
namespace {

using std::chrono::milliseconds;

constexpr Option kOptions[] = {
    {"--interval", 'i', "TIME", Kind::duration,
     "Time from one sample to the next, with its unit: 500ms, 2s; at least 100ms (default: 1s)"},
    {"--once", '\0', "", Kind::none, "Print one sample as text, for which no terminal is needed"},
    {"--count", 'n', "N", Kind::text, "End after N samples"},
};

constexpr Example kExamples[] = {
    {"accel top", "all accelerators and their programs; F1 shows the keys"},
    {"accel top -d 0 -d 3 -i 500ms", "two of them, twice a second"},
    {"accel top --once", "one sample as text; COLUMNS says how wide"},
    {"accel top --json -i 10s", "a document every ten seconds, each in a line"},
};

constexpr Exit kExits[] = {
    {ExitCode::ok, "somebody quit, or the samples that were asked for are shown"},
    {ExitCode::failed, "the answer could not be written"},
    {ExitCode::usage, "the command line is wrong, or there is no terminal to draw on"},
    {ExitCode::no_device, "--device names a device that is not there"},
    {ExitCode::interrupted, "somebody pressed Ctrl-C"},
};

constexpr milliseconds kShortest{100};
/// Between samples, for readings that take tens of milliseconds.
constexpr milliseconds kLongEnough{1000};

Error usage(std::string message, std::string remedy) {
  return {Errc::invalid_argument, std::move(message), std::move(remedy), {}};
}

Result<top::Plan> plan_of(const Arguments& arguments) {
  top::Plan plan;
  if (const auto text = arguments.value("--interval")) {
    const auto time = base::parse_duration(*text);
    if (!time) return annotate("--interval", time.error());
    plan.interval = std::chrono::nanoseconds(time->value);
    if (plan.interval < kShortest) {
      return usage("--interval: " + *text + " is too short", "at least 100ms");
    }
  }
  if (const auto text = arguments.value("--count")) {
    const auto count = base::parse_integer(*text);
    if (!count || *count < 1) {
      return usage("--count: '" + *text + "' is no number of samples", "a whole number from 1 up");
    }
    plan.samples = *count;
  }
  return plan;
}

std::size_t text_width(const Context& context) {
  const auto columns = base::environment_integer("COLUMNS");
  // As people and scripts set it, for this sample and no matter what it is written to.
  constexpr std::int64_t most = 1000;
  if (columns && *columns && **columns > 0) {
    return static_cast<std::size_t>(std::min(**columns, most));
  }
  constexpr std::size_t usual = 80;
  return context.surroundings.look.width > 0 ? context.surroundings.look.width : usual;
}

ExitCode print_once(Context& context) {
  const auto system = context.system();
  system->discover();
  const auto positions = context.chosen(*system);
  if (!positions) return context.fail(positions.error());
  const std::size_t width = text_width(context);
  const top::Look wanted{*positions, -1, width, top::has_room_for_slow(width)};
  top::Model model;
  model.sample = top::look(*system, wanted);
  // Rates need a second sample, some of them one that is a second later.
  for (const milliseconds patience : {milliseconds(100), milliseconds(1000)}) {
    if (!top::is_pending(model.sample)) break;
    context.wait(patience);
    model.sample = top::look(*system, wanted);
  }
  model.has_sample = true;
  model.time = top::clock_text(model.sample.wall);
  model.hostname = top::host_name(context.machine);
  context.out = top::text_of(model, width, top::locale_is_unicode());
  return ExitCode::ok;
}

/// A document in a line, sample after sample. What takes long to read is in it where there is time.
ExitCode print_lines(Context& context, const top::Plan& plan) {
  const auto system = context.system();
  top::Followed followed(context, *system);
  if (auto found = followed.discover(); !found) return context.fail(found.error());
  const System::Wanted wanted{.processes = true, .slow = plan.interval >= kLongEnough};
  Clock& clock = *context.machine.clock;
  auto due = clock.steady();
  for (std::int64_t left = plan.samples.value_or(std::numeric_limits<std::int64_t>::max());;) {
    // The list in the document tells of devices that come and go.
    (void)followed.refresh();
    auto samples = system->sample(followed.positions(), wanted);
    followed.note(samples);
    const std::string line = render::json_line(
        render::status_document({context.machine.simulated, clock.wall(), clock.steady(),
                                 std::move(samples), system->problems()}));
    if (!context.surroundings.write) {
      context.out += line;
    } else if (auto written = context.surroundings.write(line); !written) {
      return context.fail(written.error());
    }
    if (--left == 0) return ExitCode::ok;
    due = std::max(due + plan.interval, clock.steady());
    context.wait(due - clock.steady());
  }
}

bool draws(const Arguments& arguments, const Surroundings& surroundings) {
  return surroundings.interactive && !arguments.has("--once") && !arguments.has("--json");
}

ExitCode run(Context& context) {
  auto plan = plan_of(context.arguments);
  if (!plan) return context.fail(annotate("top", plan.error()));
  const bool once = context.arguments.has("--once");
  if (context.settings.format == Format::json) {
    if (once) plan->samples = 1;
    return print_lines(context, *plan);
  }
  if (once) return print_once(context);
  if (draws(context.arguments, context.surroundings)) return top::run_screen(context, *plan);
  return context.fail(usage("top: standard input and output are no terminal",
                            "use --once for a sample as text, or --json for lines"));
}

}  // namespace

const Command kTop{"top",
                   "Look",
                   "A screen of every accelerator and what runs on it, kept up to date",
                   "Shows load, memory, temperature, power and clocks of every accelerator with "
                   "their history, what slows it down, and the programs that use it. Programs can "
                   "be sorted, filtered and sent signals; F1 shows the keys. A device that hangs "
                   "costs its own row, a vendor's library that crashes its own devices. With "
                   "--json, a document `accel/status/1` in a line for each sample.",
                   {},
                   kOptions,
                   kMachine | kDevices | kJson,
                   kExamples,
                   kExits,
                   false,
                   run,
                   nullptr,
                   draws};

}  // namespace accel::cli
