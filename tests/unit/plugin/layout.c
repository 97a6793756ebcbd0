/* The layout of accelerator/plugin.h, pinned: a change here breaks plug-ins that exist. x86-64 and
 * aarch64. Compiled as C and, included from layout.cpp, as C++. */
#include <accelerator/plugin.h>
#include <stddef.h>  // NOLINT(modernize-deprecated-headers): compiled as C too

#ifdef __cplusplus
#define ACCEL_PIN(what) static_assert(what, #what)
#else
#define ACCEL_PIN(what) _Static_assert(what, #what)
#endif

ACCEL_PIN(ACCEL_PLUGIN_ABI_VERSION == 1);

ACCEL_PIN(sizeof(accel_plugin_host) == 40);
ACCEL_PIN(offsetof(accel_plugin_host, root) == 8);
ACCEL_PIN(offsetof(accel_plugin_host, trace) == 24);

ACCEL_PIN(sizeof(accel_plugin_error) == 520);
ACCEL_PIN(offsetof(accel_plugin_error, message) == 8);
ACCEL_PIN(offsetof(accel_plugin_error, remedy) == 264);

ACCEL_PIN(sizeof(accel_plugin_device_info) == 144);
ACCEL_PIN(offsetof(accel_plugin_device_info, known) == 4);
ACCEL_PIN(offsetof(accel_plugin_device_info, device) == 8);
ACCEL_PIN(offsetof(accel_plugin_device_info, uuid) == 16);
ACCEL_PIN(offsetof(accel_plugin_device_info, pci_address) == 48);
ACCEL_PIN(offsetof(accel_plugin_device_info, memory_bytes) == 96);
ACCEL_PIN(offsetof(accel_plugin_device_info, device_nodes) == 112);
ACCEL_PIN(offsetof(accel_plugin_device_info, state) == 124);
ACCEL_PIN(offsetof(accel_plugin_device_info, state_remedy) == 136);

ACCEL_PIN(sizeof(accel_plugin_reading) == 80);
ACCEL_PIN(offsetof(accel_plugin_reading, status) == 4);
ACCEL_PIN(offsetof(accel_plugin_reading, key) == 8);
ACCEL_PIN(offsetof(accel_plugin_reading, instance) == 16);
ACCEL_PIN(offsetof(accel_plugin_reading, kind) == 20);
ACCEL_PIN(offsetof(accel_plugin_reading, integer) == 24);
ACCEL_PIN(offsetof(accel_plugin_reading, ratio) == 32);
ACCEL_PIN(offsetof(accel_plugin_reading, texts) == 40);
ACCEL_PIN(offsetof(accel_plugin_reading, source) == 56);

ACCEL_PIN(sizeof(accel_plugin_finding) == 48);
ACCEL_PIN(offsetof(accel_plugin_finding, id) == 8);

ACCEL_PIN(sizeof(accel_plugin) == 112);
ACCEL_PIN(offsetof(accel_plugin, abi_version) == 0);
ACCEL_PIN(offsetof(accel_plugin, size) == 4);
ACCEL_PIN(offsetof(accel_plugin, vendor) == 8);
ACCEL_PIN(offsetof(accel_plugin, pci_vendor_ids) == 48);
ACCEL_PIN(offsetof(accel_plugin, probe) == 64);
ACCEL_PIN(offsetof(accel_plugin, open) == 72);
ACCEL_PIN(offsetof(accel_plugin, discover) == 88);
ACCEL_PIN(offsetof(accel_plugin, sample) == 96);
ACCEL_PIN(offsetof(accel_plugin, findings) == 104);

ACCEL_PIN(ACCEL_PLUGIN_OK == 0 && ACCEL_PLUGIN_UNSUPPORTED == 1 && ACCEL_PLUGIN_NO_PERMISSION == 2);
ACCEL_PIN(ACCEL_PLUGIN_ASLEEP == 3 && ACCEL_PLUGIN_STALE == 4 && ACCEL_PLUGIN_HUNG == 5);
ACCEL_PIN(ACCEL_PLUGIN_LOST == 6 && ACCEL_PLUGIN_ERROR == 7 && ACCEL_PLUGIN_NO_DRIVER == 8);
ACCEL_PIN(ACCEL_PLUGIN_NEEDS_WORKLOAD == 9 && ACCEL_PLUGIN_PENDING == 10);
