#include "host/virtualization.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include "base/dir.hpp"
#include "host/cpuinfo.hpp"
#include "host/field.hpp"

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

namespace accel::host {
namespace {

/// Of the processor that this program runs on; empty where it answers nothing.
std::string processor_signature() {
#if defined(__x86_64__) || defined(__i386__)
  unsigned a = 0;
  std::array<unsigned, 3> words{};
  __cpuid(0x40000000, a, words[0], words[1], words[2]);
  std::string signature(sizeof words, '\0');
  std::memcpy(signature.data(), words.data(), sizeof words);
  return signature;
#else
  return {};
#endif
}

/// By the beginning of what the firmware's tables say of maker and product.
std::string firmware_name(const Machine& machine, std::string& source) {
  struct Sign {
    std::string_view file;
    std::string_view beginning;
    std::string_view name;
  };
  constexpr std::array kSigns{
      Sign{"product_name", "KVM", "kvm"},
      Sign{"product_name", "Google Compute Engine", "kvm"},
      Sign{"sys_vendor", "QEMU", "qemu"},
      Sign{"sys_vendor", "VMware", "vmware"},
      Sign{"sys_vendor", "innotek GmbH", "virtualbox"},
      Sign{"sys_vendor", "Xen", "xen"},
      Sign{"product_name", "Virtual Machine", "microsoft"},
      Sign{"sys_vendor", "Parallels", "parallels"},
      Sign{"product_name", "OpenStack", "kvm"},
      Sign{"product_name", "VirtualBox", "virtualbox"},
  };
  const auto dir = directory(machine, "/sys/class/dmi/id");
  for (const auto& sign : kSigns) {
    if (!dir.text(sign.file).value_or("").starts_with(sign.beginning)) continue;
    source = dir.source(sign.file);
    return std::string(sign.name);
  }
  return {};
}

/// The hypervisor's node in a device tree: "linux,kvm", "xen,xen-4.17".
std::string device_tree_name(const Machine& machine, std::string& source) {
  const auto dir = directory(machine, "/proc/device-tree/hypervisor");
  const auto compatible = dir.text("compatible").value_or("");
  source = dir.source("compatible");
  if (compatible.starts_with("linux,kvm")) return "kvm";
  if (compatible.starts_with("xen")) return "xen";
  return {};
}

enum class Flag { set, clear, unknown };

/// x86 kernels show the processor's "hypervisor" bit.
Flag hypervisor_flag(const Machine& machine) {
  const auto text = base::read_file(machine.path("/proc/cpuinfo"), std::size_t{16} << 10);
  const auto blocks = text ? parse_cpuinfo(*text) : std::vector<CpuinfoBlock>{};
  if (blocks.empty() || blocks.front().value("flags").empty()) return Flag::unknown;
  const std::string flags = " " + std::string(blocks.front().value("flags")) + " ";
  return flags.find(" hypervisor ") == std::string::npos ? Flag::clear : Flag::set;
}

}  // namespace

std::string hypervisor_name(std::string_view signature) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kNames{{
      {std::string_view("KVMKVMKVM\0\0\0", 12), "kvm"},
      {"Linux KVM Hv", "kvm"},
      {"Microsoft Hv", "microsoft"},
      {"VMwareVMware", "vmware"},
      {"XenVMMXenVMM", "xen"},
      {"VBoxVBoxVBox", "virtualbox"},
      {"bhyve bhyve ", "bhyve"},
      {"TCGTCGTCGTCG", "qemu"},
      {"ACRNACRNACRN", "acrn"},
  }};
  const auto* const found =
      std::ranges::find(kNames, signature, [](const auto& row) { return row.first; });
  return found == kNames.end() ? std::string{} : std::string(found->second);
}

Reading<std::string> virtualization(const Machine& machine) {
  const auto time = machine.clock->steady();
  const auto flag = hypervisor_flag(machine);
  const auto cpuinfo = machine.path("/proc/cpuinfo").string();
  if (flag == Flag::clear) {
    return {unsupported(cpuinfo + ": no flag 'hypervisor': bare metal"), cpuinfo, time};
  }
  std::string source = "CPUID leaf 0x40000000";
  std::string name = flag == Flag::set && machine.is_this_machine()
                         ? hypervisor_name(processor_signature())
                         : std::string{};
  if (name.empty()) name = firmware_name(machine, source);
  if (name.empty()) name = device_tree_name(machine, source);
  if (name.empty()) {
    auto type = text_field(machine, directory(machine, "/sys/hypervisor"), "type");
    if (type) return type;
  }
  if (!name.empty()) return {name, source, time};
  if (flag == Flag::set) return {std::string("unidentified"), cpuinfo, time};
  return {unsupported(cpuinfo + ": no line 'flags', and neither firmware nor device tree names a "
                                "hypervisor"),
          cpuinfo, time};
}

}  // namespace accel::host
