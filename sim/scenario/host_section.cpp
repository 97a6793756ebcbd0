// The sections of a scenario that describe the machine around the GPUs.

#include "sections.hpp"

namespace accel::sim {
namespace {

void read_cache(TableReader& reader, ScenarioCache& cache) {
  reader.read("level", cache.level, 1, 4);
  reader.read("type", cache.type);
  reader.read_size("size", cache.size);
  reader.read("shared", cache.shared);
  reader.finish();
}

void check_address(TableReader& reader, const std::string& address) {
  std::uint32_t domain = 0;
  std::uint32_t bus = 0;
  std::uint32_t device = 0;
  if (!address.empty() && !parse_pci_address(address, domain, bus, device)) {
    reader.complain("address", "expected a PCI address such as \"0000:1b:00.0\"");
  }
}

void check_file_name(TableReader& reader, const std::string& name) {
  if (name.empty() || name.find('/') != std::string::npos || name[0] == '.') {
    reader.complain("name", "expected a plain device name");
  }
}

}  // namespace

void read_host(TableReader& reader, ScenarioHost& host) {
  reader.read("vendor", host.vendor);
  reader.read("product", host.product);
  reader.read("cpu_vendor", host.cpu_vendor);
  reader.read("cpu_model", host.cpu_model);
  reader.read("cpu_family", host.cpu_family, 0, 1000);
  reader.read("cpu_model_number", host.cpu_model_number, 0, 1000);
  reader.read("cpu_stepping", host.cpu_stepping, 0, 100);
  reader.read("cpu_flags", host.cpu_flags, 2000);
  reader.read("sockets", host.sockets, 1, 8);
  reader.read("cores", host.cores, 1, 256);
  reader.read("threads", host.threads, 1, 8);
  reader.read("mhz_min", host.mhz_min, 1, 10000);
  reader.read("mhz_max", host.mhz_max, 1, 10000);
  reader.read_size("memory", host.memory);
  reader.read("os", host.os);
  reader.read("kernel", host.kernel);
  reader.read("load", host.load, 0, 1);
  for (auto& table : reader.tables("cache")) read_cache(table, host.caches.emplace_back());
  reader.finish();
}

void read_storage(TableReader& reader, ScenarioStorage& storage) {
  reader.read("name", storage.name, 31);
  check_file_name(reader, storage.name);
  reader.read("model", storage.model);
  reader.read_size("size", storage.size);
  reader.read("address", storage.address);
  check_address(reader, storage.address);
  reader.finish();
}

void read_nic(TableReader& reader, ScenarioNic& nic) {
  reader.require("address");
  reader.read("address", nic.address);
  check_address(reader, nic.address);
  reader.read("name", nic.name, 15);
  check_file_name(reader, nic.name);
  reader.read("rdma", nic.rdma, 63);  // rdma_netlink.h: IB_DEVICE_NAME_MAX, less the NUL
  if (!nic.rdma.empty()) check_file_name(reader, nic.rdma);
  reader.read("device", nic.device, 0, 0xFFFF);
  reader.read_word("link", {"ethernet", "infiniband"}, nic.infiniband);
  reader.read("numa_node", nic.numa_node, 0, 63);
  reader.finish();
}

void read_process(TableReader& reader, ScenarioProcess& process) {
  reader.require("name");
  reader.read("name", process.name, 47);
  process.command = process.name;
  reader.read("command", process.command, 127);
  reader.read("pid", process.pid, 1, 4194304);  // the largest pid_max of Linux
  reader.read("uid", process.uid, 0, 0x7FFFFFFF);
  reader.read_size("memory", process.memory);
  reader.read("share", process.share, 0, 1);
  std::uint32_t kind = 0;
  reader.read_word("type", {"compute", "graphics", "mps"}, kind);
  process.graphics = kind == 1;
  process.mps = kind == 2;
  reader.read("each", process.each);
  reader.read("gpus", process.gpus, static_cast<std::int64_t>(kMaxGpus) - 1);
  reader.read("cards", process.cards, static_cast<std::int64_t>(kMaxCards) - 1);
  reader.finish();
}

}  // namespace accel::sim
