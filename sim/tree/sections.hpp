// The parts of the tree, one writer each.
#pragma once

#include <cstdint>
#include <string>

#include "../model/node.hpp"
#include "../scenario/scenario.hpp"
#include "writer.hpp"

namespace accel::sim {

void write_pci(TreeWriter& tree, const Scenario& scenario, const Node& node);
void write_cpus(TreeWriter& tree, const ScenarioHost& host);
void write_memory(TreeWriter& tree, const ScenarioHost& host);
void write_machine(TreeWriter& tree, const Scenario& scenario);
void write_storage(TreeWriter& tree, const Scenario& scenario);
void write_driver(TreeWriter& tree, const Node& node);
void write_processes(TreeWriter& tree, const Node& node);

/// s that the node had been up when the scenario began
inline constexpr double kUptime = 86'400;

/// The kernel's log, as /dev/kmsg gives it: the last XID of each GPU.
std::string kernel_log(const Node& node);

/// "0000:1b:00.0" as sysfs names the GPU's function.
std::string pci_name(const Gpu& gpu);

/// Content of power/runtime_status and of a PCI configuration space of 256 bytes.
std::string runtime_status(const Gpu& gpu);
std::string pci_config(const Gpu& gpu, const Board& board, std::uint32_t class_code);
std::uint32_t gpu_class(const Board& board);

/// "32.0 GT/s PCIe" of a generation.
std::string link_speed(std::uint32_t generation);

/// Processors of one socket as a list "0-55,112-167".
std::string socket_cpus(const HostCounts& host, std::uint32_t socket);

/// /proc/stat after the host has run for `seconds` at `load`.
std::string processor_times(std::uint32_t processors, double load, double seconds,
                            std::int64_t boot_time);

}  // namespace accel::sim
