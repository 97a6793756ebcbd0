// What `accel set` and `accel reset` have in common: a plan, or with --apply the change.
#pragma once

#include "cli/context.hpp"
#include "control/protocol.hpp"

namespace accel::cli {

inline constexpr Option kApply{"--apply", '\0', "", Kind::none,
                               "Do it; without this the plan is shown and nothing is changed"};
inline constexpr Option kConfirmWithin{
    "--confirm-within", '\0', "TIME", Kind::duration,
    "Time for `accel confirm`, after which the change is taken back (30s); 0s keeps it at once"};
inline constexpr Option kAllowPersistent{
    "--allow-persistent", '\0', "", Kind::none,
    "Also change what the device keeps over a reboot, such as error correction"};

/// Fills in what those options say, then plans or applies the request and answers.
[[nodiscard]] ExitCode perform(Context& context, control::Request request);

/// Writes what became of changes, in the format that was asked for.
void show_changes(Context& context, std::span<const ChangeReport> reports);

/// What the outcomes of changes mean for a script.
[[nodiscard]] ExitCode exit_code_of(std::span<const ChangeReport> reports);

}  // namespace accel::cli
