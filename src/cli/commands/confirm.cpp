// accel confirm, revert and panic: what becomes of changes that were made.
#include "cli/broker.hpp"
#include "cli/change.hpp"
#include "cli/commands/all.hpp"

namespace accel::cli {
namespace {

constexpr Operand kOperands[] = {
    {"ID", Kind::text, "The change; without it the newest that waits", false},
};
constexpr Example kConfirmExamples[] = {{"accel confirm", "the newest change stays"}};
constexpr Example kRevertExamples[] = {{"accel revert", "the newest change is taken back now"}};
constexpr Example kPanicExamples[] = {
    {"accel panic", "every device as its driver would have it, within two seconds"}};
constexpr Exit kExits[] = {
    {ExitCode::ok, "done"},
    {ExitCode::failed, "the driver refused"},
    {ExitCode::no_device, "no such change waits"},
    {ExitCode::permission, "this user may not"},
};
constexpr Exit kPanicExits[] = {
    {ExitCode::ok, "every setting is at its default"},
    {ExitCode::failed, "a driver refused or did not answer"},
    {ExitCode::permission, "this user may not"},
    {ExitCode::partly, "some settings could not be given back"},
};

Result<control::Reply> ask(Context& context, control::Operation operation) {
  control::Request request;
  request.operation = operation;
  const auto& operands = context.arguments.operands();
  if (!operands.empty()) request.change = operands[0];
  auto reply = ask_broker(context, request);
  if (!reply) return reply;
  for (const Error& problem : reply->problems) context.tell(problem);
  if (reply->error) return *reply->error;
  return reply;
}

ExitCode confirm(Context& context) {
  const auto reply = ask(context, control::Operation::confirm);
  if (!reply) return context.fail(reply.error());
  if (context.settings.format == Format::text) {
    render::Page page(context.look());
    page.simulated(context.machine.simulated).line(0, "Change " + reply->change + " stays.");
    context.out = page.take();
  } else {
    const std::string& simulated = context.machine.simulated;
    context.out = Context::written(
        render::Document::Object{
            {"schema", "accel/confirmation/1"},
            {"simulated", simulated.empty() ? render::Document() : render::Document(simulated)},
            {"id", reply->change}},
        context.settings.format);
  }
  return ExitCode::ok;
}

ExitCode taken_back(Context& context, control::Operation operation) {
  const auto reply = ask(context, operation);
  if (!reply) return context.fail(reply.error());
  show_changes(context, reply->reports);
  return exit_code_of(reply->reports);
}

ExitCode revert(Context& context) { return taken_back(context, control::Operation::revert); }
ExitCode panic(Context& context) { return taken_back(context, control::Operation::panic); }

}  // namespace

const Command kConfirm{"confirm",
                       "Control",
                       "Keep a change",
                       "A change that `accel set --apply` made stays once it is confirmed.",
                       kOperands,
                       {},
                       kMachine | kFormats | kState,
                       kConfirmExamples,
                       kExits,
                       false,
                       confirm};

const Command kRevert{"revert",
                      "Control",
                      "Take a change back",
                      "Undoes a change that still waits for its confirmation, in reverse order.",
                      kOperands,
                      {},
                      kMachine | kFormats | kState,
                      kRevertExamples,
                      kExits,
                      false,
                      revert};

const Command kPanic{"panic",
                     "Control",
                     "Every device back to its defaults, at once",
                     "Acts at once, whatever waits for a confirmation. What a device keeps over a "
                     "reboot is left alone.",
                     {},
                     {},
                     kMachine | kFormats | kState,
                     kPanicExamples,
                     kPanicExits,
                     false,
                     panic};

}  // namespace accel::cli
