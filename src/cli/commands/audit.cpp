// accel audit: who changed what, and whether that record is whole.
#include "base/dir.hpp"
#include "cli/commands/all.hpp"
#include "cli/context.hpp"
#include "control/audit_log.hpp"
#include "control/places.hpp"
#include "render/csv.hpp"
#include "render/status_document.hpp"

namespace accel::cli {
namespace {

constexpr Example kListExamples[] = {{"accel audit list", "every change that was tried"}};
constexpr Example kVerifyExamples[] = {{"accel audit verify", "whether a line was altered"}};
constexpr Exit kExits[] = {
    {ExitCode::ok, "read; of `verify`: it is whole"},
    {ExitCode::failed, "it cannot be read; of `verify`: a line was altered or is missing"},
    {ExitCode::permission, "this user may not read it"},
};

/// Empty where nothing was ever changed.
Result<std::string> log_text(const Context& context) {
  const auto file = control::places_of(context.machine, state_dir(context)).audit;
  auto text = base::read_file(file.string(), std::size_t{1} << 30);
  if (!text && text.error().code == Errc::operation_not_supported) return std::string();
  return text;
}

std::vector<std::string> heading() {
  return {"time", "uid", "pid", "device", "parameter", "old", "new", "result"};
}

std::vector<std::string> fields() { return heading(); }

ExitCode list(Context& context) {
  const auto text = log_text(context);
  if (!text) return context.fail(text.error());
  render::Table table;
  table.heading = heading();
  for (const control::AuditEntry& entry : control::parse_audit(*text)) {
    table.rows.push_back({render::time_text(entry.time), std::to_string(entry.requester.uid),
                          std::to_string(entry.requester.pid), entry.device, entry.parameter,
                          entry.previous, entry.value, entry.result});
  }
  context.out = context.columns_text(std::move(table), context.settings.format);
  return ExitCode::ok;
}

ExitCode verify(Context& context) {
  const auto text = log_text(context);
  if (!text) return context.fail(text.error());
  const control::AuditVerdict verdict = control::verify_audit(*text);
  if (verdict.bad_line != 0) {
    return context.fail({Errc::invalid_state,
                         control::places_of(context.machine, state_dir(context)).audit.string() +
                             ": line " + std::to_string(verdict.bad_line) + ": " + verdict.why,
                         "what stands from that line on is not what accel wrote",
                         {}});
  }
  render::Page page(context.look());
  page.simulated(context.machine.simulated)
      .line(0, std::to_string(verdict.lines) + " lines, each as it was written");
  context.out = page.take();
  return ExitCode::ok;
}

}  // namespace

const Command kAuditList{"audit list",
                         "Control",
                         "The changes that were tried",
                         "Shows the audit log, oldest first: who asked for what, and what became "
                         "of it.",
                         {},
                         {},
                         kMachine | kRows | kFields | kState,
                         kListExamples,
                         kExits,
                         false,
                         list,
                         fields};

const Command kAuditVerify{"audit verify",
                           "Control",
                           "Whether the audit log is whole",
                           "Each line carries a hash over itself and the line before; the first "
                           "that does not fit is named.",
                           {},
                           {},
                           kMachine | kState,
                           kVerifyExamples,
                           kExits,
                           false,
                           verify};

}  // namespace accel::cli
