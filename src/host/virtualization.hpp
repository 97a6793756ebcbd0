// Whether the machine is a virtual one, and whose.
#pragma once

#include <string>

#include "accel/machine.hpp"
#include "accel/reading.hpp"

namespace accel::host {

/// "kvm", "vmware", "microsoft", "xen", ...; "unidentified" for a hypervisor without a name;
/// unsupported on bare metal and where nothing can be told.
[[nodiscard]] Reading<std::string> virtualization(const Machine& machine);

/// The name of a hypervisor by the 12 characters that it answers to CPUID leaf 0x40000000; empty
/// for others.
[[nodiscard]] std::string hypervisor_name(std::string_view signature);

}  // namespace accel::host
