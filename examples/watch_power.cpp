// Prints the power draw of every accelerator once a second, and their sum.
//
//   watch_power [SECONDS]
#include <accel/backends.hpp>
#include <accel/system.hpp>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>

int main(int argc, char** argv) {
  const long seconds = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 10;

  const auto backends = accel::all_backends();
  accel::System system(accel::Machine{}, backends);
  system.discover();

  for (long i = 0; i < seconds; ++i) {
    if (i > 0) std::this_thread::sleep_for(std::chrono::seconds(1));
    accel::Power sum{};
    for (const accel::DeviceSample& sample : system.sample_all({})) {
      const auto power = sample.readings.get(accel::metric::power);
      std::cout << "GPU" << sample.info->global_index << ": ";
      // A device that does not say counts for nothing in the sum, and is shown as what it is.
      if (power) {
        sum = sum + *power;
        std::cout << shown(*power) << " W  ";
      } else {
        std::cout << to_string(power.status()) << "  ";
      }
    }
    std::cout << "sum: " << shown(sum) << " W" << std::endl;
  }
}
