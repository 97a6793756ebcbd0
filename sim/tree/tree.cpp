#include "tree.hpp"

#include "cards.hpp"
#include "clients.hpp"
#include "rewrite.hpp"
#include "sections.hpp"

namespace accel::sim {
namespace {

bool is_lost(const Node& node, const Gpu& gpu) {
  if (gpu.lost != 0) return true;
  for (std::uint32_t i = 0; i < node.fault_count; ++i) {
    const Fault& fault = node.faults[i];
    if (fault.kind == FaultKind::lost && fault.after == 0 && fault.function.empty() &&
        fault.pid == 0 && selects(fault.selector.view(), gpu)) {
      return true;
    }
  }
  return false;
}

void refresh_gpu(const Node& node, const Gpu& gpu, const std::string& root) {
  const std::string device = root + "/sys/bus/pci/devices/" + pci_name(gpu) + '/';
  const bool lost = is_lost(node, gpu);
  rewrite(device + "power/runtime_status", lost ? "error\n" : runtime_status(gpu));
  rewrite(device + "config",
          lost ? std::string(256, '\xFF')
               : pci_config(gpu, board_of(node, gpu), gpu_class(board_of(node, gpu))));
  // All-ones in the link status register: a speed without a name, a width of 6 ones.
  rewrite(device + "current_link_speed",
          lost ? "Unknown\n" : link_speed(board_of(node, gpu).pcie_generation) + '\n');
  rewrite(device + "current_link_width",
          lost ? "63\n" : std::to_string(board_of(node, gpu).pcie_width) + '\n');
}

}  // namespace

Problem write_tree(const Scenario& scenario, const Node& node, const std::string& root) {
  TreeWriter tree(root);
  write_pci(tree, scenario, node);
  write_cpus(tree, scenario.host);
  write_memory(tree, scenario.host);
  write_machine(tree, scenario);
  write_storage(tree, scenario);
  write_driver(tree, node);
  write_cards(tree, node);
  write_processes(tree, node);
  write_clients(tree, node);
  return tree.problem();
}

void refresh_tree(Node& node, const std::string& root) {
  const double seconds = static_cast<double>(model_time(node) - node.clock.started) * 1e-9;
  const std::uint32_t processors = node.host.sockets * node.host.cores * node.host.threads;
  rewrite(root + "/proc/stat",
          processor_times(processors, node.host_load, kUptime + seconds,
                          node.clock.started / 1'000'000'000 - static_cast<std::int64_t>(kUptime)));
  if (node.tree_written == node.tree_generation) return;
  node.tree_written = node.tree_generation;
  for (const Gpu& gpu : gpus_of(node)) refresh_gpu(node, gpu, root);
  rewrite(root + "/dev/kmsg", kernel_log(node));
}

}  // namespace accel::sim
