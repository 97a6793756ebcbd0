// accel set and accel reset: settings of a device to values, and back to the driver's defaults.
#include <utility>

#include "cli/change.hpp"
#include "cli/commands/all.hpp"

namespace accel::cli {
namespace {

constexpr Operand kDevice{"SEL", Kind::selector, "The device, as for --device"};
constexpr Operand kSetOperands[] = {
    kDevice,
    {"NAME=VALUE", Kind::text,
     "A setting and its value; several are made together or not at all. Settings: power_limit_w, "
     "sm_clock_mhz, mem_clock_mhz, fan_percent, ... (docs/control.md lists them)",
     true, true},
};
constexpr Operand kResetOperands[] = {
    kDevice,
    {"NAME", Kind::text, "A setting; without any, all that the device has", false, true},
};
constexpr Option kOptions[] = {kApply, kConfirmWithin, kAllowPersistent};

constexpr Example kSetExamples[] = {
    {"accel set GPU0 power_limit_w=250", "what would be done, and what is allowed"},
    {"accel set GPU0 power_limit_w=250 sm_clock_mhz=1200..1500 --apply",
     "does it; `accel confirm` within 30 s, or both are taken back"},
    {"accel set GPU0 fan_percent=60 --apply --confirm-within 0s", "keeps it at once"},
};
constexpr Example kResetExamples[] = {
    {"accel reset GPU0", "what the device would go back to"},
    {"accel reset GPU0 power_limit_w --apply", "one setting, with time to confirm it"},
};
constexpr Exit kExits[] = {
    {ExitCode::ok, "planned, or applied"},
    {ExitCode::failed, "the driver refused, or another change waits for its confirmation"},
    {ExitCode::usage, "a name, a value or its range is wrong; nothing was tried"},
    {ExitCode::no_device, "there is no such device"},
    {ExitCode::permission, "this user may not"},
    {ExitCode::partly, "some of several settings were reset"},
};

ExitCode set(Context& context) {
  control::Request request;
  const auto& operands = context.arguments.operands();
  request.device = operands[0];
  for (std::size_t i = 1; i < operands.size(); ++i) {
    const std::string& word = operands[i];
    const auto equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
      return context.fail({Errc::invalid_argument,
                           "set: '" + word + "' is not NAME=VALUE",
                           "as in power_limit_w=250",
                           {}});
    }
    SettingWish wish{word.substr(0, equals), SetpointValue(word.substr(equals + 1))};
    // A name that is none is told of together with the device, by whoever plans it.
    if (const SetpointRow* row = find_setpoint(wish.parameter)) {
      auto value = parse_setpoint_value(*row, word.substr(equals + 1));
      if (!value) return context.fail(value.error());
      wish.value = *std::move(value);
    }
    request.wishes.push_back(std::move(wish));
  }
  return perform(context, std::move(request));
}

ExitCode reset(Context& context) {
  control::Request request;
  const auto& operands = context.arguments.operands();
  request.device = operands[0];
  request.keep_going = true;
  for (std::size_t i = 1; i < operands.size(); ++i) request.wishes.push_back({operands[i], {}});
  return perform(context, std::move(request));
}

}  // namespace

const Command kSet{"set",
                   "Control",
                   "Change settings of a device",
                   "Shows what a change would do: the calls, the present value, the allowed range. "
                   "With --apply accel-broker makes it, reads it back, and takes it back unless "
                   "`accel confirm` follows in time, also if this program has ended by then.",
                   kSetOperands,
                   kOptions,
                   kMachine | kFormats | kState,
                   kSetExamples,
                   kExits,
                   false,
                   set};

const Command kReset{"reset",
                     "Control",
                     "Settings of a device back to the driver's defaults",
                     "Like `accel set`, with the defaults as values; one that fails leaves the "
                     "others to go on. Never resets the device itself.",
                     kResetOperands,
                     kOptions,
                     kMachine | kFormats | kState,
                     kResetExamples,
                     kExits,
                     false,
                     reset};

}  // namespace accel::cli
