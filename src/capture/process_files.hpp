// The files of /proc and /etc that name programs and people: their form is known, so that what is
// hidden in them is a field and not a word. They know texts, and no files.
#pragma once

#include <string>
#include <string_view>

#include "capture/secrets.hpp"

namespace accel::capture {

/// Adds the people of /etc/passwd (by their number, 1000 or more) and what is known of them.
void find_people(std::string_view passwd, Secrets& secrets);
/// The same text with nothing but names and numbers, people's names replaced.
[[nodiscard]] std::string scrubbed_passwd(std::string_view passwd, const Secrets& secrets);

/// /proc/PID/FILE without the names and command lines of programs; as it is where FILE names none.
[[nodiscard]] std::string scrubbed_process_file(std::string_view file, std::string_view text,
                                                Secrets& secrets);

/// "process-1 arguments-2" of a command line whose words stand apart by blanks: the same names as
/// its file has.
[[nodiscard]] std::string scrubbed_command(std::string_view command, Secrets& secrets);

}  // namespace accel::capture
