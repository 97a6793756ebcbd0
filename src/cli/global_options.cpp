// The options that many commands share, one row each.
#include "cli/command.hpp"

namespace accel::cli {
namespace {

constexpr Option kGlobals[] = {
    {"--json", '\0', "", Kind::none, "Print a JSON document", kJson},
    {"--yaml", '\0', "", Kind::none, "Print the same document as YAML", kYaml},
    {"--csv", '\0', "", Kind::none, "Print comma-separated values (RFC 4180)", kRows},
    {"--query", '\0', "FIELD,...", Kind::fields,
     "Columns to show, of text and CSV: fields of `accel list --json` and metrics, for example "
     "name,temperature,power; other listings have their own, see `accel help COMMAND`",
     kFields},
    {"--device", 'd', "SEL", Kind::selector,
     "Only this device: an index, GPU<n>, GPU<n>.<k>, a PCI address or a UUID (or at least 8 "
     "characters of it); may be repeated",
     kDevices, true},
    {"--sim", '\0', "NAME[:N]", Kind::scenario,
     "Use a simulated machine instead of this one, with N accelerators where a number is given",
     kTree | kNode},
    {"--root", '\0', "DIR", Kind::directory,
     "Read the machine whose files lie below DIR instead of this one", kTree},
    {"--lib-dir", '\0', "DIR", Kind::directory, "Load vendor libraries from DIR", kTree},
    {"--state-dir", '\0', "DIR", Kind::directory,
     "Where accel keeps its own state; of a simulated machine, where the simulation keeps its",
     kState | kNode | kTree},
    {"--config", '\0', "FILE", Kind::file,
     "Use this configuration instead of the user's or /etc/accel/accel.toml", kTree},
    {"--wake", '\0', "", Kind::none,
     "Read devices that power management has suspended, which wakes them", kWaking},
    {"--verbose", 'v', "", Kind::none, "Say on standard error what is being tried"},
    {"--no-color", '\0', "", Kind::none, "No colours; the same as setting NO_COLOR"},
    {"--help", 'h', "", Kind::none, "Show help for the command"},
};

}  // namespace

std::span<const Option> global_options() { return kGlobals; }

}  // namespace accel::cli
