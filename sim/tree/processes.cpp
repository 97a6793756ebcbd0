// The processes that use the simulated GPUs, as /proc/PID shows them.

#include <set>

#include "sections.hpp"

namespace accel::sim {
namespace {

void write_process(TreeWriter& tree, const GpuProcess& process) {
  const std::string dir = "proc/" + std::to_string(process.pid) + '/';
  const std::string name(process.name.view().substr(0, 15));  // TASK_COMM_LEN - 1
  const std::string pid = std::to_string(process.pid);
  const std::string uid = std::to_string(process.uid);
  std::string arguments(process.command.view());
  for (char& c : arguments) {
    if (c == ' ') c = '\0';
  }
  arguments += '\0';
  tree.file(dir + "comm", name + '\n');
  tree.file(dir + "cmdline", arguments);
  tree.file(dir + "status", "Name:\t" + name + "\nState:\tS (sleeping)\nTgid:\t" + pid +
                                "\nPid:\t" + pid + "\nPPid:\t1\nUid:\t" + uid + '\t' + uid + '\t' +
                                uid + '\t' + uid + "\nGid:\t" + uid + '\t' + uid + '\t' + uid +
                                '\t' + uid + "\nVmRSS:\t 4194304 kB\nThreads:\t16\n");
  tree.file(dir + "stat", pid + " (" + name + ") S 1 " + pid + ' ' + pid +
                              " 0 -1 4194304 0 0 0 0 360000 12000 0 0 20 0 16 0 100 34359738368 "
                              "1048576 18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 "
                              "0 0 0 0 0 0 0 0 0\n");
  tree.file(dir + "statm", "8388608 1048576 65536 1024 0 2097152 0\n");
}

}  // namespace

void write_processes(TreeWriter& tree, const Node& node) {
  std::set<std::uint32_t> written;
  const auto write_those_on = [&](const Gpu& gpu) {
    for (std::uint32_t i = 0; i < gpu.process_count; ++i) {
      const GpuProcess& process = gpu.processes[i];
      if (written.insert(process.pid).second) write_process(tree, process);
    }
  };
  for (const Gpu& gpu : gpus_of(node)) write_those_on(gpu);
  for (const Card& card : cards_of(node)) write_those_on(card.gpu);
}

}  // namespace accel::sim
