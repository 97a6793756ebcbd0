// Documents that are written from the tables of commands and metrics, so that they cannot disagree
// with the program.
#pragma once

#include <string>

namespace accel::cli {

[[nodiscard]] std::string man_page();                 ///< accel(1), for man
[[nodiscard]] std::string cli_reference();            ///< docs/cli.md
[[nodiscard]] std::string metric_reference();         ///< docs/metrics.md
[[nodiscard]] std::string configuration_reference();  ///< docs/configuration.md
[[nodiscard]] std::string bash_completion();
[[nodiscard]] std::string zsh_completion();
[[nodiscard]] std::string fish_completion();

}  // namespace accel::cli
