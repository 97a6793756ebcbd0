// The visible list of vendors.
#include "accel/backends.hpp"

// A line a vendor: the name of its switch and of its folder, in the order of the registry.
// clang-format off
#define ACCEL_VENDORS(VENDOR)      \
  VENDOR(NVIDIA, nvidia)           \
  VENDOR(AMD, amd)                 \
  VENDOR(INTEL, intel)             \
  VENDOR(APPLE, apple)             \
  VENDOR(QUALCOMM, qualcomm)       \
  VENDOR(GOOGLE, google)           \
  VENDOR(GROQ, groq)               \
  VENDOR(CEREBRAS, cerebras)       \
  VENDOR(HABANA, habana)           \
  VENDOR(XDNA, xdna)               \
  VENDOR(TENSTORRENT, tenstorrent) \
  VENDOR(REBELLIONS, rebellions)   \
  VENDOR(FURIOSA, furiosa)         \
  VENDOR(HUAWEI, huawei)           \
  VENDOR(NEURON, neuron)           \
  VENDOR(ROCKCHIP, rockchip)       \
  VENDOR(MALI, mali)               \
  VENDOR(BROADCOM, broadcom)       \
  VENDOR(VIVANTE, vivante)         \
  /* the end of the list */
// clang-format on

// One that is switched off is declared and never called, so that nothing of it is linked.
#define ACCEL_DECLARE(name, folder) \
  namespace accel::folder {         \
  BackendEntry entry();             \
  }
#define ACCEL_LIST(name, folder) \
  if constexpr (ACCEL_BACKEND_##name != 0) vendors.push_back(folder::entry());

ACCEL_VENDORS(ACCEL_DECLARE)

namespace accel {

std::vector<BackendEntry> all_backends() {
  std::vector<BackendEntry> vendors;
  ACCEL_VENDORS(ACCEL_LIST)
  return vendors;
}

}  // namespace accel
