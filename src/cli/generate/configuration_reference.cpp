// docs/configuration.md: every key of the configuration file, from the schema.
#include "cli/generate/generate.hpp"
#include "cli/generate/words.hpp"
#include "config/schema.hpp"

namespace accel::cli {
namespace {

/// An example of one table with all its keys.
std::string example_of(const config::Key& table) {
  std::string text = "\n```toml\n[[" + std::string(table.name()) + "]]\n";
  for (const config::Key& key : config::keys()) {
    if (key.parent() == table.path) {
      text.append(key.name()).append(" = ").append(key.example).append("\n");
    }
  }
  return text + "```\n";
}

std::string row_of(const config::Key& key) {
  std::string help(key.help);
  if (!key.choices.empty()) {
    help += " One of:";
    for (const auto choice : key.choices) help.append(" `").append(choice).append("`");
  }
  return "| `" + std::string(key.name()) + "` | " + (key.required ? "yes" : "no") + " | " +
         escaped(help, "|") + " |\n";
}

}  // namespace

std::string configuration_reference() {
  std::string page =
      "# Configuration\n\n"
      "<!-- Written by `accel generate configuration-md` from src/config/schema.cpp; do not edit. "
      "-->\n\n"
      "A TOML file. accel reads the first of these that there is: what `--config` names; "
      "`$XDG_CONFIG_HOME/accel/accel.toml` (`~/.config/accel/accel.toml`), unless root runs it; "
      "`/etc/accel/accel.toml`. With `--root` it is `etc/accel/accel.toml` below that folder, with "
      "`--sim` `accel.toml` in the simulation's state directory. A file with a mistake is refused "
      "whole (exit code 2), with the mistake's line and column.\n";
  for (const config::Key& table : config::keys()) {
    if (table.kind != config::Kind::tables) continue;
    page += "\n## `[[" + std::string(table.name()) + "]]`\n\n" + std::string(table.help) +
            "\n\n| Key | Needed | Meaning |\n|---|---|---|\n";
    for (const config::Key& key : config::keys()) {
      if (key.parent() == table.path) page += row_of(key);
    }
    page += example_of(table);
  }
  return page;
}

}  // namespace accel::cli
