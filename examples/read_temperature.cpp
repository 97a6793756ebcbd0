// Reads one metric of one device. A reading is a value, or the reason why there is none and what
// would help.
//
//   read_temperature [SELECTOR]      a selector is an index, a PCI address or a UUID: GPU0
#include <accel/backends.hpp>
#include <accel/system.hpp>
#include <array>
#include <iostream>

int main(int argc, char** argv) {
  const auto selector = accel::Selector::parse(argc > 1 ? argv[1] : "GPU0");
  if (!selector) {
    std::cerr << selector.error().text() << '\n';
    return 2;
  }

  const auto backends = accel::all_backends();
  accel::System system(accel::Machine{}, backends);
  system.discover();
  const auto position = system.select(*selector);
  if (!position) {
    std::cerr << position.error().text() << '\n';
    return 3;
  }

  const auto samples = system.sample(std::array{*position}, {});
  const auto temperature = samples.front().readings.get(accel::metric::temperature);
  if (temperature) {
    std::cout << shown(*temperature) << " °C, from " << temperature.source() << '\n';
  } else {
    std::cout << "no temperature: " << temperature.reason() << '\n';
    if (!temperature.remedy().empty()) std::cout << "try: " << temperature.remedy() << '\n';
  }
}
