#include "environment_faults.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "environment.hpp"

namespace accel::sim {

std::vector<Fault> environment_faults(std::int64_t now) {
  std::vector<Fault> faults;
  const std::string value = environment("ACCEL_SIM_FAULT");
  std::string_view rest = value;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    Fault fault{};
    std::string why;
    if (parse_fault(rest.substr(0, end), now, fault, why)) faults.push_back(fault);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return faults;
}

}  // namespace accel::sim
