// accel doctor: what is wrong with this machine's accelerators, and what to do about it.
#include "core/doctor.hpp"

#include "cli/commands/all.hpp"
#include "cli/context.hpp"
#include "cli/vendor_levels.hpp"
#include "render/diagnosis.hpp"

namespace accel::cli {
namespace {

constexpr Example kExamples[] = {
    {"accel doctor", "findings, each with what was seen and what to do"},
    {"accel doctor --json | jq '.findings[].id'", "for a monitoring job"},
    {"accel doctor --csv --query id,severity,device", "a line for each finding"},
};

constexpr Exit kExits[] = {
    {ExitCode::ok, "no findings"},
    {ExitCode::failed, "there are findings"},
    {ExitCode::usage, "the command line is wrong"},
};

std::vector<std::string> fields() { return render::doctor_table({}).heading; }

ExitCode run(Context& context) {
  const auto system = context.system();
  system->discover();
  render::Diagnosis diagnosis{context.machine.simulated,
                              examine(*system, state_dir(context) / "journal"),
                              vendor_levels(system->vendors())};
  const Format format = context.settings.format;
  if (format == Format::csv || context.settings.columns) {
    context.out = context.columns_text(render::doctor_table(diagnosis), format);
  } else if (format == Format::text) {
    context.out = render::doctor_text(diagnosis, context.look());
  } else {
    context.out = Context::written(render::doctor_document(diagnosis), format);
  }
  return diagnosis.findings.empty() ? ExitCode::ok : ExitCode::failed;
}

}  // namespace

const Command kDoctor{"doctor",
                      "Look",
                      "What is wrong, and what to do about it",
                      "Checks drivers and libraries, permissions, device nodes, suspended devices, "
                      "PCI Express links and unfinished changes. Changes nothing. Says as well how "
                      "far the back end of each vendor was verified.",
                      {},
                      {},
                      kMachine | kFormats | kRows | kFields | kState,
                      kExamples,
                      kExits,
                      false,
                      run,
                      fields};

}  // namespace accel::cli
