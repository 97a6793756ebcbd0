/* The simulator of accelerators: opens a simulated node, names its file tree and its vendor
 * libraries, and injects faults. Implemented by libaccel-sim.so, which stands beside the simulated
 * libraries in LIBDIR/accel/sim; load it at run time.
 *
 * Functions return 0 or an accel_sim_status. On failure outputs are untouched and `error`, where
 * given, holds "what: why". One node may be used by many threads and processes at once. */
#ifndef ACCELERATOR_SIM_H
#define ACCELERATOR_SIM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ACCEL_SIM_ABI_VERSION 1

typedef enum accel_sim_status {
  ACCEL_SIM_OK = 0,
  ACCEL_SIM_INVALID = 1,   /* an argument, selector or fault text is malformed */
  ACCEL_SIM_NOT_FOUND = 2, /* no such scenario, node or device */
  ACCEL_SIM_DENIED = 3,    /* the state directory is not ours or not private */
  ACCEL_SIM_MALFORMED = 4, /* the scenario file: the text names file, line and column */
  ACCEL_SIM_IO = 5,        /* the system refused; the text has its reason */
  ACCEL_SIM_TOO_SMALL = 6  /* the buffer; the needed size was stored */
} accel_sim_status;

typedef struct accel_sim_node accel_sim_node;

/* Zero it, set `size` to sizeof, then what is needed; null means the default. */
typedef struct accel_sim_options {
  size_t size;
  const char* scenario;     /* "dgx-h100", "dgx-h100:64", or a path that ends in .toml, also with
                             * ":N". Null: the node that lies in the state directory. */
  const char* state_dir;    /* default: $ACCEL_SIM_STATE, else $XDG_RUNTIME_DIR/accel-sim/NAME,
                             * else /tmp/accel-sim-UID/NAME */
  const char* scenario_dir; /* default: share/accel/scenarios of the installation */
} accel_sim_options;

/* ACCEL_SIM_ABI_VERSION of the library. */
uint32_t accel_sim_abi_version(void);

/* Opens the node, making its state, file tree and libraries on first use, and again when the
 * scenario file, the count or the library has changed. ACCEL_SIM_FAULT's symbol-missing faults
 * decide which library directory is named; its other faults act inside the vendor library. */
accel_sim_status accel_sim_open(const accel_sim_options* options, accel_sim_node** node,
                                char* error, size_t error_size);
void accel_sim_close(accel_sim_node* node);

/* Absolute paths, valid until the node is closed. */
const char* accel_sim_root(const accel_sim_node* node);        /* stands for "/" */
const char* accel_sim_library_dir(const accel_sim_node* node); /* has libnvidia-ml.so.1 */
const char* accel_sim_state_dir(const accel_sim_node* node);
/* The scenario as it was named: "dgx-h100:64". */
const char* accel_sim_scenario(const accel_sim_node* node);
uint32_t accel_sim_gpu_count(const accel_sim_node* node);

/* Adds a fault: "lost", "xid:79", "slow=200ms", "hung@nvmlDeviceGetPowerUsage",
 * "symbol-missing=NAME", each optionally followed by " after=N", " for=DURATION" or " pid=N".
 * `device` is an index, GPU<n>, a UUID, a PCI address, or "*"; null is "*". */
accel_sim_status accel_sim_inject(accel_sim_node* node, const char* device, const char* fault,
                                  char* error, size_t error_size);
/* Removes every fault of the device, or all when `device` is null or "*". */
accel_sim_status accel_sim_clear(accel_sim_node* node, const char* device, char* error,
                                 size_t error_size);
/* Removes the whole state directory; calls that hang in the node come back. */
accel_sim_status accel_sim_remove(accel_sim_node* node, char* error, size_t error_size);
/* Moves the node's clock forward. */
accel_sim_status accel_sim_step(accel_sim_node* node, uint64_t nanoseconds, char* error,
                                size_t error_size);

/* The file tree is made of plain files. Before those of a device are read, the device is brought up
 * to date: the one at that PCI address ("0000:03:00.0"); with null or "" what the files say of the
 * host. Takes as long as the device takes to answer; while a fault makes it hang, it does not
 * return. */
void accel_sim_refresh(accel_sim_node* node, const char* pci_address);
/* What write(2) to a file of the tree would give, were it the driver's: 0, or the number of an
 * error (EINVAL, EACCES, ...). `path` is absolute and below accel_sim_root. */
int accel_sim_write(accel_sim_node* node, const char* path, const char* text, size_t length);

/* The node, or the scenarios that can be named, as JSON. `length` is the size of the buffer and
 * becomes that of the text with its terminator. */
accel_sim_status accel_sim_show(accel_sim_node* node, char* text, size_t* length);
accel_sim_status accel_sim_list(const char* scenario_dir, char* text, size_t* length);

#ifdef __cplusplus
}
#endif

#endif
