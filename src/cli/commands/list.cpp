// accel list: what this machine consists of, and why what is unknown is unknown.
#include <utility>

#include "cli/commands/all.hpp"
#include "cli/inventory.hpp"
#include "cli/problems.hpp"
#include "cli/streams.hpp"
#include "render/list_text.hpp"
#include "render/query.hpp"

namespace accel::cli {
namespace {

constexpr Option kOptions[] = {
    {"--export", '\0', "", Kind::none,
     "Write the JSON document to accel_list_<date>_<time>_<random>.json here, and print its name"},
    {"--export-file", '\0', "FILE", Kind::file,
     "Write the document to FILE instead of standard output: JSON, or what --yaml or --csv says"},
};

constexpr Example kExamples[] = {
    {"accel list", "this machine: processors, memory, accelerators, storage, network, software"},
    {"accel list --json | jq '.accelerators[].model'", "the same as a document"},
    {"accel list --csv --query name,memory_bytes,temperature",
     "chosen columns, one row an accelerator; readings are in the units of docs/metrics.md"},
    {"accel --sim dgx-h100:2 list", "a simulated machine with two accelerators"},
};

constexpr Exit kExits[] = {
    {ExitCode::ok, "listed, also when there is no accelerator"},
    {ExitCode::failed, "the answer could not be written"},
    {ExitCode::usage, "the command line is wrong"},
    {ExitCode::no_device, "--device names a device that is not there"},
    {ExitCode::permission, "this user may not write the file"},
};

/// Devices as samples without readings, or with them where the query asks for any.
Result<std::vector<DeviceSample>> rows(Context& context, System& system,
                                       const render::Query& query) {
  system.discover();
  const auto positions = context.chosen(system);
  if (!positions) return positions.error();
  for (const Error& problem : problems_of(context, system, *positions)) context.tell(problem);
  if (query.needs_readings()) return Context::sample_for(system, *positions, query);
  std::vector<DeviceSample> samples;
  const auto devices = system.devices();
  for (const std::size_t position : *positions) {
    const AcceleratorInfo* info = devices[position];
    samples.push_back(
        {info, info->state, info->state_reason, info->state_remedy, {}, ProcessList{}});
  }
  return samples;
}

/// Only accelerators, one row each.
Result<std::string> as_rows(Context& context, Format format) {
  const auto system = context.system();
  const render::Query query = context.settings.query.value_or(render::Query::identity());
  const auto samples = rows(context, *system, query);
  if (!samples) return samples.error();
  return context.rows_text(query, *samples, format);
}

Result<std::string> as_whole(const Context& context, Format format) {
  const auto found = inventory(context);
  if (!found) return found.error();
  if (format == Format::text) return render::list_text(*found, context.look());
  return Context::written(render::list_document(*found), format);
}

Result<std::string> answer(Context& context, Format format) {
  const bool as_table = format == Format::csv || context.settings.query.has_value();
  return as_table ? as_rows(context, format) : as_whole(context, format);
}

ExitCode export_list(Context& context) {
  const auto file = context.arguments.value("--export-file");
  Format format = context.settings.format;
  if (file && context.arguments.has("--export")) {
    return context.fail({Errc::invalid_argument,
                         "--export and --export-file exclude each other",
                         "give one of them",
                         {}});
  }
  if (context.settings.query && format != Format::csv) {
    return context.fail({Errc::invalid_argument,
                         "--query: chooses columns, which JSON has none of",
                         "add --csv with --export-file, or leave it out",
                         {}});
  }
  if (!file && format != Format::text && format != Format::json) {
    return context.fail({Errc::invalid_argument,
                         "--export: writes JSON only",
                         "use --export-file for other formats",
                         {}});
  }
  if (format == Format::text) format = Format::json;
  const auto text = answer(context, format);
  if (!text) return context.fail(text.error());
  if (!context.machine.simulated.empty()) {
    context.err += "accel: SIMULATED " + context.machine.simulated + "\n";
  }
  if (file) {
    if (auto written = write_file(*file, *text); !written) return context.fail(written.error());
    return ExitCode::ok;
  }
  const auto path = write_export(".", *text, context.machine.clock->wall());
  if (!path) return context.fail(path.error());
  context.out = path->filename().string() + "\n";
  return ExitCode::ok;
}

ExitCode run(Context& context) {
  if (context.arguments.has("--export") || context.arguments.has("--export-file")) {
    return export_list(context);
  }
  auto text = answer(context, context.settings.format);
  if (!text) return context.fail(text.error());
  context.out = std::move(*text);
  return ExitCode::ok;
}

}  // namespace

const Command kList{"list",
                    "Look",
                    "What this machine consists of",
                    "Lists the accelerators of every vendor with the processors, memory, storage, "
                    "network and software around them. What cannot be read is listed with the "
                    "reason and, where there is one, a remedy. No suspended device is woken.",
                    {},
                    kOptions,
                    kMachine | kDevices | kFormats | kRows | kFields,
                    kExamples,
                    kExits,
                    false,
                    run};

}  // namespace accel::cli
