#include "host/cpu_identity.hpp"

#include <sys/utsname.h>

#include <algorithm>

#include "base/number.hpp"
#include "host/arm_parts.hpp"
#include "host/cpu_features.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

/// Makes readings of what one block says.
class Speaker {
 public:
  Speaker(const CpuinfoText& cpuinfo, const CpuinfoBlock& block)
      : cpuinfo_(cpuinfo), block_(block) {}

  [[nodiscard]] Reading<std::string> text(std::string_view key) const {
    const auto value = block_.value(key);
    if (value.empty()) return absent("no line '" + std::string(key) + "'");
    if (!is_plain_text(value)) {
      return {nonsense(cpuinfo_.source + ": '" + std::string(key) + "' is not a text"),
              cpuinfo_.source, cpuinfo_.time};
    }
    return known(value);
  }
  [[nodiscard]] Reading<std::string> known(std::string_view value) const {
    return {std::string(value), cpuinfo_.source, cpuinfo_.time};
  }
  [[nodiscard]] Reading<std::string> absent(const std::string& why) const {
    return {unsupported(cpuinfo_.source + ": " + why), cpuinfo_.source, cpuinfo_.time};
  }

 private:
  const CpuinfoText& cpuinfo_;
  const CpuinfoBlock& block_;
};

bool has_word(std::string_view text, std::string_view word) {
  const std::string padded = " " + std::string(text) + " ";
  return padded.find(" " + std::string(word) + " ") != std::string::npos;
}

void identify_x86(const CpuinfoText& cpuinfo, CpuInfo& cpu) {
  const CpuinfoBlock& first = cpuinfo.blocks.front();
  const Speaker says(cpuinfo, first);
  cpu.make = says.text("vendor_id");
  cpu.model = says.text("model name");
  cpu.microcode = says.text("microcode");
  cpu.features = x86_features(first.value("flags"));
  // "lm", long mode, is the 64-bit half of the architecture.
  cpu.architecture = says.known(has_word(first.value("flags"), "lm") ? "x86_64" : "i686");
}

/// "Cortex-A76", or the numbers of what is not in our table.
struct ArmName {
  std::string name;
  std::string unknown;
};

ArmName arm_name(const CpuinfoBlock& block) {
  const auto implementer = base::parse_hex(block.value("CPU implementer"));
  const auto part = base::parse_hex(block.value("CPU part"));
  if (implementer && part) {
    if (const auto name = arm_part(*implementer, *part); !name.empty()) {
      return {std::string(name), {}};
    }
  }
  return {{},
          "CPU implementer " + in_quotes(block.value("CPU implementer")) + ", CPU part " +
              in_quotes(block.value("CPU part"))};
}

/// A host may mix cores: "Cortex-A76 + Cortex-A55", in the order of the processors.
Reading<std::string> arm_model(const CpuinfoText& cpuinfo) {
  std::vector<std::string> names;
  for (const auto& block : cpuinfo.blocks) {
    if (block.value("CPU part").empty()) continue;  // The closing block: "Hardware", "Serial".
    auto [name, unknown] = arm_name(block);
    if (!unknown.empty()) {
      return {unsupported(cpuinfo.source + ": no name is known for " + unknown), cpuinfo.source,
              cpuinfo.time};
    }
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  std::string joined;
  for (const auto& name : names) joined += (joined.empty() ? "" : " + ") + name;
  return {joined, cpuinfo.source, cpuinfo.time};
}

void identify_arm(const CpuinfoText& cpuinfo, CpuInfo& cpu) {
  const CpuinfoBlock& first = cpuinfo.blocks.front();
  const Speaker says(cpuinfo, first);
  const auto implementer = base::parse_hex(first.value("CPU implementer"));
  const auto make = implementer ? arm_implementer(*implementer) : std::string_view{};
  cpu.make = make.empty() ? says.absent("no name is known for CPU implementer " +
                                        in_quotes(first.value("CPU implementer")))
                          : says.known(make);
  cpu.model = arm_model(cpuinfo);
  cpu.microcode = says.absent("ARM processors state no microcode revision");
  cpu.features = arm_features(first.value("Features"));
  const auto version = base::parse_integer(first.value("CPU architecture"));
  cpu.architecture = version ? says.known(*version >= 8 ? "aarch64" : "arm")
                             : says.absent("no number in line 'CPU architecture'");
}

void identify_riscv(const CpuinfoText& cpuinfo, CpuInfo& cpu) {
  const CpuinfoBlock& first = cpuinfo.blocks.front();
  const Speaker says(cpuinfo, first);
  // "sifive,u74-mc": the device tree's name, maker first.
  const auto name = says.text("uarch");
  const auto comma = name ? name->find(',') : std::string::npos;
  cpu.make =
      comma == std::string::npos ? says.text("mvendorid") : says.known(name->substr(0, comma));
  cpu.model = name;
  cpu.microcode = says.absent("RISC-V processors state no microcode revision");
  cpu.features = riscv_features(first.value("isa"));
  cpu.architecture = says.known(first.value("isa").starts_with("rv32") ? "riscv32" : "riscv64");
}

void identify_unknown(const CpuinfoText& cpuinfo, CpuInfo& cpu) {
  const std::string why = "neither x86, ARM nor RISC-V wrote this";
  const CpuinfoBlock none;
  const Speaker says(cpuinfo, none);
  cpu.make = says.absent(why);
  cpu.model = says.absent(why);
  cpu.microcode = says.absent(why);
  cpu.architecture = says.absent(why);
}

/// The kernel's own word, better than what its processors could do.
Reading<std::string> kernel_architecture(const Machine& machine) {
  auto stated = text_field(machine, directory(machine, "/proc/sys/kernel"), "arch");  // Linux 6.1
  if (stated || !machine.is_this_machine()) return stated;
  struct utsname name {};
  if (::uname(&name) != 0) return stated;
  return {std::string(static_cast<const char*>(name.machine)), "uname()", machine.clock->steady()};
}

}  // namespace

void identify(const Machine& machine, const CpuinfoText& cpuinfo, CpuInfo& cpu) {
  const CpuinfoBlock none;
  const auto& first = cpuinfo.blocks.empty() ? none : cpuinfo.blocks.front();
  if (!first.value("vendor_id").empty()) {
    identify_x86(cpuinfo, cpu);
  } else if (!first.value("CPU implementer").empty()) {
    identify_arm(cpuinfo, cpu);
  } else if (!first.value("isa").empty()) {
    identify_riscv(cpuinfo, cpu);
  } else {
    identify_unknown(cpuinfo, cpu);
  }
  if (auto stated = kernel_architecture(machine)) cpu.architecture = std::move(stated);
}

}  // namespace accel::host
