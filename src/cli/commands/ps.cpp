// accel ps: the programs that use accelerators.
#include <algorithm>
#include <chrono>
#include <utility>

#include "base/dir.hpp"
#include "base/quantity_text.hpp"
#include "cli/commands/all.hpp"
#include "cli/context.hpp"
#include "cli/problems.hpp"
#include "render/process_document.hpp"
#include "render/process_fields.hpp"
#include "render/process_text.hpp"

namespace accel::cli {
namespace {

using std::chrono::nanoseconds;

constexpr nanoseconds kUsualInterval = std::chrono::milliseconds(500);
/// A share over less says little: the shortest interval that accel samples at.
constexpr nanoseconds kShortestInterval = std::chrono::milliseconds(100);

constexpr Option kOptions[] = {
    {"--sort", '\0', "FIELD,...", Kind::fields,
     "Order of the rows: fields of --query, with '-' in front for the largest first, as in "
     "--sort=-memory_bytes,pid; without it by device, then by pid"},
    {"--interval", '\0', "TIME", Kind::duration,
     "Time between the two looks that shares are made of, at least 100ms (500ms); with 0s a single "
     "look, and no shares of what is counted"},
};

constexpr Example kExamples[] = {
    {"accel ps", "every program on every accelerator"},
    {"accel ps --sort=-memory_bytes --query pid,user,memory_bytes,name", "who holds how much"},
    {"accel --device 0 ps --csv --query pid,pod_namespace,pod,utilization", "for a script"},
    {"accel ps --json | jq '.processes[] | select(.container)'", "those in containers"},
};

constexpr Exit kExits[] = {
    {ExitCode::ok, "listed, also when there is no program or some are hidden"},
    {ExitCode::failed, "the answer could not be written"},
    {ExitCode::usage, "the command line is wrong"},
    {ExitCode::no_device, "--device names a device that is not there"},
};

/// What is asked for, apart from what all commands have in common.
struct Wish {
  nanoseconds interval = kUsualInterval;  ///< 0: one look
  render::ProcessOrder order;
};

Result<Wish> wish(const Arguments& arguments) {
  Wish wish;
  if (const auto text = arguments.value("--interval")) {
    const auto time = base::parse_duration(*text);
    if (!time) return annotate("--interval", time.error());
    wish.interval = nanoseconds(time->value);
    if (wish.interval.count() != 0 && wish.interval < kShortestInterval) {
      return Error{Errc::invalid_argument,
                   "--interval: '" + *text + "': less than 100ms",
                   "give 100ms or more, or 0s for a single look",
                   {}};
    }
  }
  if (const auto text = arguments.value("--sort")) {
    auto order = render::ProcessOrder::parse(*text);
    if (!order) return annotate("--sort", order.error());
    wish.order = std::move(*order);
  }
  return wish;
}

bool is_pending(const AcceleratorProcess& process) {
  const auto waits = [](const Reading<Ratio>& share) {
    return share.status() == ReadingStatus::pending;
  };
  return waits(process.utilization) || waits(process.utilization_encoder) ||
         waits(process.utilization_decoder) ||
         std::ranges::any_of(process.engines,
                             [&](const ProcessEngine& engine) { return waits(engine.share); });
}

/// Whether a second look tells more than the first.
bool is_pending(const std::vector<DeviceSample>& samples) {
  return std::ranges::any_of(samples, [](const DeviceSample& sample) {
    return sample.processes &&
           std::ranges::any_of(sample.processes->processes,
                               [](const AcceleratorProcess& one) { return is_pending(one); });
  });
}

/// Counters of a recorded machine stand still, which must not pass for programs that do nothing.
bool stands_still(const Context& context, const Result<std::string>& uptime_before) {
  const Machine& machine = context.machine;
  if (machine.is_this_machine() || context.settings.scenario) return false;
  const auto uptime = base::Dir(machine.path("/proc")).text("uptime");
  return !uptime || !uptime_before || *uptime == *uptime_before;
}

/// Two looks, where the first leaves shares open.
void look(Context& context, System& system, const std::vector<std::size_t>& positions,
          nanoseconds interval, render::ProcessReport& report) {
  constexpr System::Wanted wanted{.processes = true, .slow = false, .readings = false};
  const Machine& machine = context.machine;
  const auto start = machine.clock->steady();
  const auto uptime = base::Dir(machine.path("/proc")).text("uptime");
  report.devices = system.sample(positions, wanted);
  if (interval.count() == 0 || !is_pending(report.devices)) return;
  context.wait(interval);
  if (stands_still(context, uptime)) {
    context.err += "accel: " + base::Dir(machine.path("/proc")).source("uptime") +
                   ": stands still: a recording has no shares of time\n";
    return;
  }
  report.interval = machine.clock->steady() - start;
  report.devices = system.sample(positions, wanted);
}

/// What CSV has no row for.
void tell_rest(Context& context, const render::ProcessReport& report) {
  for (const Error& problem : report.problems) context.tell(problem);
  for (const DeviceSample& sample : report.devices) {
    if (!sample.processes) {
      context.tell(annotate(sample.info->uuid, sample.processes.error()));
      continue;
    }
    for (const Error& problem : sample.processes->problems) {
      context.tell(annotate(sample.info->uuid, problem));
    }
  }
  const std::string hidden = render::hidden_text(hidden_from(report.devices));
  if (!hidden.empty()) context.err += "accel: " + hidden + "\n";
}

std::string csv_text(const Context& context, std::vector<render::ProcessRow> rows,
                     const render::ProcessReport& report) {
  if (!context.settings.columns) {
    // A device without a row would not say what is hidden from it.
    for (const DeviceSample& sample : report.devices) {
      const auto is_its = [&](const render::ProcessRow& row) { return row.device == &sample; };
      const auto hidden =
          sample.processes ? sample.processes->hidden.count() : Reading<std::int64_t>();
      const bool is_empty = hidden && *hidden == 0;
      if (!is_empty && std::ranges::none_of(rows, is_its)) rows.push_back({&sample, nullptr});
    }
  }
  const auto fields = render::process_fields_named(
      context.settings.columns.value_or(render::process_field_names()));
  return render::csv(render::process_table(fields, rows), report.simulated);
}

ExitCode run(Context& context) {
  const auto asked = wish(context.arguments);
  if (!asked) return context.fail(asked.error());
  const auto system = context.system();
  system->discover();
  const auto positions = context.chosen(*system);
  if (!positions) return context.fail(positions.error());
  render::ProcessReport report;
  report.simulated = context.machine.simulated;
  report.problems = problems_of(context, *system, *positions);
  look(context, *system, *positions, asked->interval, report);
  report.wall = context.machine.clock->wall();
  auto rows = render::process_rows(report.devices);
  asked->order.sort(rows);
  const Format format = context.settings.format;
  if (format == Format::csv) {
    context.out = csv_text(context, std::move(rows), report);
    tell_rest(context, report);
  } else if (format != Format::text) {
    context.out = Context::written(render::processes_document(report, rows), format);
  } else if (context.settings.columns) {
    const auto fields = render::process_fields_named(*context.settings.columns);
    context.out = render::processes_text(report, fields, rows, context.look());
  } else {
    context.out = render::processes_text(report, rows, context.look());
  }
  return ExitCode::ok;
}

}  // namespace

const Command kPs{"ps",
                  "Look",
                  "The programs that use accelerators",
                  "Lists each program on each accelerator: what it uses of memory and engines, who "
                  "runs it, and in which container, pod or job. Pids are the host's. Programs that "
                  "this user may not look at are counted as hidden. No suspended device is woken.",
                  {},
                  kOptions,
                  kMachine | kDevices | kFormats | kRows | kFields,
                  kExamples,
                  kExits,
                  false,
                  run,
                  render::process_field_names};

}  // namespace accel::cli
