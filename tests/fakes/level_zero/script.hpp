// What the fake libze_loader answers; shared by the fake and by the tests that script it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fake_zes {

struct Engine {
  std::uint32_t group = 0;
  std::uint64_t active = 0, time = 0;  ///< microseconds
};
struct Frequency {
  std::uint32_t domain = 0;
  double actual = 0, most = 0, voltage = -1;
  std::uint32_t throttle = 0;
};
struct Sensor {
  std::uint32_t type = 0;
  double degrees = 0;
};
struct Memory {
  std::uint32_t location = 1;
  std::uint64_t read = 0, written = 0, most_per_second = 0, time = 0;
};
struct Device {
  std::uint32_t bus = 3;
  std::vector<Engine> engines;
  std::vector<Frequency> frequencies;
  std::vector<Sensor> sensors;
  std::vector<Memory> memories;
};

/// Everything the library answers. A test sets it, then runs; one test at a time.
struct Script {
  std::vector<Device> devices;
  std::map<std::string, std::uint32_t> results;  ///< by function
  std::uint32_t claimed_count = 0;               ///< of engines, whatever there are
  std::vector<std::string> calls;                ///< written by the library
};

/// Symbol `fake_zes_script` of the library: its script.
using ScriptFunction = Script*();

}  // namespace fake_zes
