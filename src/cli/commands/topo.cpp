// accel topo: what joins the accelerators of this machine to each other and to its network.
#include <algorithm>
#include <array>
#include <utility>

#include "accel/host.hpp"
#include "accel/topology.hpp"
#include "cli/commands/all.hpp"
#include "cli/context.hpp"
#include "cli/problems.hpp"
#include "render/topology_document.hpp"
#include "render/topology_drawing.hpp"
#include "render/topology_text.hpp"

namespace accel::cli {
namespace {

constexpr Option kOptions[] = {
    {"--dot", '\0', "", Kind::none, "Draw it as a graph in the DOT language, for Graphviz"},
    {"--svg", '\0', "", Kind::none, "Draw it as an SVG image"},
};

constexpr Example kExamples[] = {
    {"accel topo", "matrices of levels and links, nearest network adapters, NUMA nodes"},
    {"accel topo --json | jq '.pairs[] | select(.link)'", "pairs that are joined by own links"},
    {"accel topo --svg", "the same as a picture, on the standard output"},
    {"accel --sim dgx-h100 topo", "a simulated machine"},
};

constexpr Exit kExits[] = {
    {ExitCode::ok, "shown, also when there is no accelerator or a level is not known"},
    {ExitCode::usage, "the command line is wrong"},
    {ExitCode::no_device, "--device names a device that is not there"},
};

/// Those that --device asks for; else whole devices, and partitions whose device is not visible.
Result<std::vector<std::size_t>> wanted(const Context& context, const System& system) {
  auto positions = context.chosen(system);
  if (!positions || !context.settings.devices.empty()) return positions;
  const auto devices = system.devices();
  std::erase_if(*positions,
                [&](std::size_t position) { return devices[position]->partition >= 0; });
  return positions;
}

std::vector<std::string> fields() {
  return render::topology_table({{}, Topology({}, {}, 0), {}}).heading;
}

std::string written(const Context& context, const render::TopologyReport& report) {
  if (context.arguments.has("--dot")) return render::topology_dot(report);
  if (context.arguments.has("--svg")) return render::topology_svg(report);
  const Format format = context.settings.format;
  if (format == Format::csv || context.settings.columns) {
    return context.columns_text(render::topology_table(report), format);
  }
  if (format == Format::text) return render::topology_text(report, context.look());
  return Context::written(render::topology_document(report), format);
}

ExitCode run(Context& context) {
  const std::array ways{context.arguments.has("--dot"), context.arguments.has("--svg"),
                        context.settings.format != Format::text};
  if (std::ranges::count(ways, true) > 1) {
    return context.fail({Errc::invalid_argument,
                         "--dot, --svg, --json, --yaml and --csv exclude each other",
                         "give one of them",
                         {}});
  }
  if (context.settings.columns && (ways[0] || ways[1])) {
    return context.fail({Errc::invalid_argument,
                         "--query: chooses columns, which a picture has none of",
                         "leave it out, or leave out --dot and --svg",
                         {}});
  }
  const auto system = context.system();
  system->discover();
  const auto positions = wanted(context, *system);
  if (!positions) return context.fail(positions.error());
  const auto network = host::network(context.machine);
  const render::TopologyReport report{context.machine.simulated,
                                      topology(*system, *positions, network),
                                      problems_of(context, *system, *positions)};
  context.out = written(context, report);
  const bool is_drawn = ways[0] || ways[1] || context.settings.format == Format::csv ||
                        context.settings.columns.has_value();
  if (is_drawn) {
    for (const Error& problem : report.problems) context.tell(problem);
  }
  return ExitCode::ok;
}

}  // namespace

const Command kTopo{"topo",
                    "Look",
                    "What joins accelerators to each other and to the network",
                    "Shows for each pair of accelerators what lies between them on the PCI bus "
                    "(one board, one switch, several switches, a host bridge, a NUMA node, the "
                    "system) and the links of their own that join them (NVLink, xGMI, Xe-Link), "
                    "with each one's NUMA node, processors and nearest RDMA adapters. No "
                    "suspended device is woken.",
                    {},
                    kOptions,
                    kMachine | kDevices | kFormats | kRows | kFields,
                    kExamples,
                    kExits,
                    false,
                    run,
                    fields};

}  // namespace accel::cli
