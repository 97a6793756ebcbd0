// accel sim: making, showing and disturbing simulated machines. All of it is the simulator's work;
// here are only its words.
#include <utility>

#include "base/environment.hpp"
#include "base/quantity_text.hpp"
#include "cli/commands/all.hpp"
#include "cli/context.hpp"
#include "cli/simulation_document.hpp"
#include "core/selection.hpp"

namespace accel::cli {
namespace {

constexpr Operand kInitOperands[] = {
    {"NAME[:N]", Kind::scenario,
     "A scenario (`accel sim show` lists them) or a path that ends in .toml; N accelerators",
     false},
};
constexpr Operand kInjectOperands[] = {
    {"SEL", Kind::selector, "The device, or '*' for all"},
    {"FAULT", Kind::text,
     "symbol-missing, slow, hung, crash, lost, xid:N, no-permission, not-supported, mismatch or "
     "garbage; with @FUNCTION for calls of one function of the vendor's library only"},
    {"LIMIT", Kind::text, "after=N calls, for=DURATION, pid=N", false, true},
};
constexpr Operand kClearOperands[] = {
    {"SEL", Kind::selector, "Only the faults of this device; without it the whole node", false},
};
constexpr Operand kStepOperands[] = {
    {"DURATION", Kind::duration, "How far, with a unit: 5s, 1min"},
};

constexpr Example kInitExamples[] = {
    {"accel sim init dgx-h100:2", "a node with two accelerators, and where it lies"}};
constexpr Example kShowExamples[] = {
    {"accel sim show", "the scenarios that can be named"},
    {"accel --sim dgx-h100 sim show", "that node: devices, loads, faults"}};
constexpr Example kInjectExamples[] = {
    {"accel --sim dgx-h100 sim inject GPU0 xid:79", "the device falls off its bus"},
    {"accel --sim dgx-h100 sim inject 1 hung@nvmlDeviceGetPowerUsage for=10s",
     "one function does not come back for ten seconds"}};
constexpr Example kClearExamples[] = {
    {"accel --sim dgx-h100 sim clear GPU0", "the device is well again"},
    {"accel --sim dgx-h100 sim clear", "the node is removed"}};
constexpr Example kPathExamples[] = {
    {"export ACCEL_SIM_STATE=$(accel --sim dgx-h100 sim path)", "for foreign programs"}};
constexpr Example kStepExamples[] = {
    {"accel --sim dgx-h100 sim step 5s", "five seconds pass, also where the clock is stopped"}};

constexpr Exit kExits[] = {
    {ExitCode::ok, "done"},
    {ExitCode::failed, "the system refused"},
    {ExitCode::usage, "the command line is wrong"},
    {ExitCode::no_device, "there is no such node or device"},
    {ExitCode::permission, "the state directory belongs to somebody else"},
};

/// `scenario` from the command line, else --sim, else the node that ACCEL_SIM_STATE names.
Result<Simulation> node(const Context& context, std::optional<std::string> scenario = {}) {
  if (!scenario) scenario = context.settings.scenario;
  return Simulation::open(context.surroundings.installation,
                          {std::move(scenario), context.settings.state_dir});
}

bool names_node(const Context& context) {
  return context.settings.scenario || context.settings.state_dir ||
         base::environment_text("ACCEL_SIM_STATE");
}

/// What was done, under the mark that every screen of a simulation has.
ExitCode done(Context& context, const Simulation& simulation, const std::string& what) {
  render::Page page(context.look());
  page.simulated(simulation.scenario()).line(0, what);
  context.out = page.take();
  return ExitCode::ok;
}

ExitCode init(Context& context) {
  const auto& operands = context.arguments.operands();
  if (operands.empty() && !context.settings.scenario) {
    return context.fail({Errc::invalid_argument,
                         "sim init: NAME: is missing",
                         "`accel sim show` lists the scenarios",
                         {}});
  }
  if (!operands.empty() && context.settings.scenario) {
    return context.fail({Errc::invalid_argument,
                         "sim init: NAME and --sim exclude each other",
                         "give one of them",
                         {}});
  }
  const auto opened = node(context, operands.empty() ? std::nullopt : std::optional(operands[0]));
  if (!opened) return context.fail(opened.error());
  return done(context, *opened, opened->state_dir().string());
}

ExitCode show(Context& context) {
  if (!names_node(context)) {
    const auto scenarios = Simulation::scenarios(context.surroundings.installation);
    if (!scenarios) return context.fail(scenarios.error());
    return show_simulation(context, "", *scenarios);
  }
  const auto opened = node(context);
  if (!opened) return context.fail(opened.error());
  const auto text = opened->show();
  if (!text) return context.fail(text.error());
  return show_simulation(context, opened->scenario(), *text);
}

/// The simulator knows "*" and what other commands call a device by; the texts are theirs.
Result<std::optional<Selector>> device_named(const std::string& text) {
  if (text == "*") return std::optional<Selector>();
  auto selector = Selector::parse(text, Selector::Bare::allowed);
  if (!selector) return selector.error();
  return std::optional(std::move(*selector));
}

Error not_there(const std::optional<Selector>& device, Error error) {
  if (!device || error.code != Errc::not_found) return error;
  if (const auto* index = std::get_if<Selector::Index>(&device->what); index != nullptr) {
    return index_not_found(*device, *index);
  }
  return {Errc::not_found, "Device not found: " + device->text, "`accel list` shows them", {}};
}

ExitCode inject(Context& context) {
  const auto& operands = context.arguments.operands();
  const auto device = device_named(operands[0]);
  if (!device) return context.fail(device.error());
  auto opened = node(context);
  if (!opened) return context.fail(opened.error());
  std::string fault = operands[1];
  for (std::size_t i = 2; i < operands.size(); ++i) fault += " " + operands[i];
  if (auto injected = opened->inject(operands[0], fault); !injected) {
    return context.fail(not_there(*device, injected.error()));
  }
  return done(context, *opened, operands[0] + ": " + fault);
}

ExitCode clear(Context& context) {
  if (!names_node(context)) {
    return context.fail({Errc::invalid_argument,
                         "sim clear: no node is named",
                         "name it with --sim NAME, --state-dir or ACCEL_SIM_STATE",
                         {}});
  }
  const auto& operands = context.arguments.operands();
  const auto device = device_named(operands.empty() ? "*" : operands[0]);
  if (!device) return context.fail(device.error());
  auto opened = node(context);
  if (!opened) return context.fail(opened.error());
  const std::string what =
      operands.empty() ? "removed " + opened->state_dir().string() : operands[0] + ": no faults";
  auto cleared = operands.empty() ? opened->remove() : opened->clear(operands[0]);
  if (!cleared) return context.fail(not_there(*device, cleared.error()));
  return done(context, *opened, what);
}

ExitCode path(Context& context) {
  const auto opened = node(context);
  if (!opened) return context.fail(opened.error());
  // Nothing but the path, because it is meant for $(...).
  context.out = opened->state_dir().string() + "\n";
  context.err = "accel: SIMULATED " + opened->scenario() + "\n";
  return ExitCode::ok;
}

ExitCode step(Context& context) {
  const auto time = base::parse_duration(context.arguments.operands()[0]);
  if (!time) return context.fail(annotate("sim step", time.error()));
  auto opened = node(context);
  if (!opened) return context.fail(opened.error());
  if (auto stepped = opened->step(*time); !stepped) return context.fail(stepped.error());
  return done(context, *opened, context.arguments.operands()[0] + " passed");
}

}  // namespace

const Command kSimInit{"sim init",
                       "Simulate",
                       "Make a simulated machine",
                       "Makes the node of a scenario, or finds it made, and prints its state "
                       "directory.",
                       kInitOperands,
                       {},
                       kNode,
                       kInitExamples,
                       kExits,
                       false,
                       init};

const Command kSimShow{"sim show",
                       "Simulate",
                       "Show a simulated machine, or the scenarios",
                       "Shows the devices, loads and faults of a node; without a node the "
                       "scenarios that can be named.",
                       {},
                       {},
                       kNode | kFormats,
                       kShowExamples,
                       kExits,
                       false,
                       show};

const Command kSimInject{"sim inject",
                         "Simulate",
                         "Make something go wrong",
                         "Injects a fault into a device of a simulated machine. It acts on every "
                         "program that uses the node, until it ends or is cleared.",
                         kInjectOperands,
                         {},
                         kNode,
                         kInjectExamples,
                         kExits,
                         false,
                         inject};

const Command kSimClear{"sim clear",
                        "Simulate",
                        "Remove faults, or the whole node",
                        "Removes the faults of a device; without one, the node with all its state.",
                        kClearOperands,
                        {},
                        kNode,
                        kClearExamples,
                        kExits,
                        false,
                        clear};

const Command kSimPath{
    "sim path",
    "Simulate",
    "Print the state directory of a node",
    "Prints the directory that programs name in ACCEL_SIM_STATE to use the node.",
    {},
    {},
    kNode,
    kPathExamples,
    kExits,
    false,
    path};

const Command kSimStep{"sim step",
                       "Simulate",
                       "Let time pass on a simulated machine",
                       "Moves the clock of a node forward.",
                       kStepOperands,
                       {},
                       kNode,
                       kStepExamples,
                       kExits,
                       false,
                       step};

}  // namespace accel::cli
