// Lists every accelerator of this machine: what it is and where it sits.
//
//   list_devices [ROOT]
//
// ROOT is a recorded machine, as `--root` of the accel program takes it; left out, this machine.
#include <accel/backends.hpp>
#include <accel/system.hpp>
#include <iostream>

int main(int argc, char** argv) {
  accel::Machine machine;
  if (argc > 1) machine.root = argv[1];

  const auto backends = accel::all_backends();
  accel::System system(machine, backends);
  system.discover();

  for (const accel::AcceleratorInfo* device : system.devices()) {
    std::cout << "GPU" << device->global_index << "  " << device->vendor << ' '
              << (device->model ? *device->model : device->model.reason());
    if (device->pci_address) std::cout << "  " << device->pci_address->text();
    std::cout << "  " << to_string(device->state) << ' ' << device->state_reason << '\n';
  }
  std::cout << system.devices().size() << " devices\n";
  for (const accel::Error& problem : system.problems()) std::cerr << problem.text() << '\n';
}
