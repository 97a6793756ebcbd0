/* The layout of accelerator/plugin.h, pinned: a change here breaks plug-ins that exist. x86-64 and
 * aarch64. Compiled as C and, included from layout.cpp, as C++. */
#include <accelerator/plugin.h>
#include <stddef.h>

#ifdef __cplusplus
#define PIN(what) static_assert(what, #what)
#else
#define PIN(what) _Static_assert(what, #what)
#endif

PIN(ACCEL_PLUGIN_ABI_VERSION == 1);

PIN(sizeof(accel_plugin_host) == 40);
PIN(offsetof(accel_plugin_host, root) == 8);
PIN(offsetof(accel_plugin_host, trace) == 24);

PIN(sizeof(accel_plugin_error) == 520);
PIN(offsetof(accel_plugin_error, message) == 8);
PIN(offsetof(accel_plugin_error, remedy) == 264);

PIN(sizeof(accel_plugin_device_info) == 144);
PIN(offsetof(accel_plugin_device_info, known) == 4);
PIN(offsetof(accel_plugin_device_info, device) == 8);
PIN(offsetof(accel_plugin_device_info, uuid) == 16);
PIN(offsetof(accel_plugin_device_info, pci_address) == 48);
PIN(offsetof(accel_plugin_device_info, memory_bytes) == 96);
PIN(offsetof(accel_plugin_device_info, device_nodes) == 112);
PIN(offsetof(accel_plugin_device_info, state) == 124);
PIN(offsetof(accel_plugin_device_info, state_remedy) == 136);

PIN(sizeof(accel_plugin_reading) == 80);
PIN(offsetof(accel_plugin_reading, status) == 4);
PIN(offsetof(accel_plugin_reading, key) == 8);
PIN(offsetof(accel_plugin_reading, instance) == 16);
PIN(offsetof(accel_plugin_reading, kind) == 20);
PIN(offsetof(accel_plugin_reading, integer) == 24);
PIN(offsetof(accel_plugin_reading, ratio) == 32);
PIN(offsetof(accel_plugin_reading, texts) == 40);
PIN(offsetof(accel_plugin_reading, source) == 56);

PIN(sizeof(accel_plugin_finding) == 48);
PIN(offsetof(accel_plugin_finding, id) == 8);

PIN(sizeof(accel_plugin) == 112);
PIN(offsetof(accel_plugin, abi_version) == 0);
PIN(offsetof(accel_plugin, size) == 4);
PIN(offsetof(accel_plugin, vendor) == 8);
PIN(offsetof(accel_plugin, pci_vendor_ids) == 48);
PIN(offsetof(accel_plugin, probe) == 64);
PIN(offsetof(accel_plugin, open) == 72);
PIN(offsetof(accel_plugin, discover) == 88);
PIN(offsetof(accel_plugin, sample) == 96);
PIN(offsetof(accel_plugin, findings) == 104);

PIN(ACCEL_PLUGIN_OK == 0 && ACCEL_PLUGIN_UNSUPPORTED == 1 && ACCEL_PLUGIN_NO_PERMISSION == 2);
PIN(ACCEL_PLUGIN_ASLEEP == 3 && ACCEL_PLUGIN_STALE == 4 && ACCEL_PLUGIN_HUNG == 5);
PIN(ACCEL_PLUGIN_LOST == 6 && ACCEL_PLUGIN_ERROR == 7 && ACCEL_PLUGIN_NO_DRIVER == 8);
PIN(ACCEL_PLUGIN_NEEDS_WORKLOAD == 9 && ACCEL_PLUGIN_PENDING == 10);
