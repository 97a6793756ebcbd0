/* A vendor as a shared object: what accel loads from its plug-in directories. C only.
 *
 * The object exports one symbol, accel_plugin_entry. Everything else is reached through the struct
 * that it returns. examples/vendor_plugin is a whole plug-in, docs/adding-a-vendor.md tells how to
 * make one.
 *
 * Rules:
 * - Every struct that crosses the border says its size, so that it can grow at its end. Fields
 *   beyond the other side's size do not exist; accel passes zeros for what a plug-in lacks.
 * - Texts are UTF-8, end with NUL and belong to whoever made them; the other side copies what it
 *   keeps before the call returns. A null text is one that is not known.
 * - A value that cannot be read is reported with a status, never as 0, -1 or a guess.
 * - A function that fails leaves its outputs alone.
 * - One thread at a time uses a session, and one a device; different devices of a session may be
 *   used by different threads at once. A call may be abandoned after two seconds; the session then
 *   stays open until it has come back.
 * - Nothing is thrown, printed or ended, and no signal handler is installed. */
#ifndef ACCELERATOR_PLUGIN_H
#define ACCELERATOR_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Changes when a plug-in must be changed; growing a struct does not change it. */
#define ACCEL_PLUGIN_ABI_VERSION 1u

#if defined(__GNUC__)
#define ACCEL_PLUGIN_EXPORT __attribute__((visibility("default")))
#else
#define ACCEL_PLUGIN_EXPORT
#endif

/* Of a call, and of a reading. The numbers are those that accel's documents show. */
typedef int32_t accel_plugin_status;
enum {
  ACCEL_PLUGIN_OK = 0,
  ACCEL_PLUGIN_UNSUPPORTED = 1,    /* the device or its driver does not offer it */
  ACCEL_PLUGIN_NO_PERMISSION = 2,  /* the remedy names the group or capability that is missing */
  ACCEL_PLUGIN_ASLEEP = 3,         /* reading would wake the device */
  ACCEL_PLUGIN_STALE = 4,          /* an older value, with the reason why there is no fresh one */
  ACCEL_PLUGIN_HUNG = 5,           /* the source does not answer */
  ACCEL_PLUGIN_LOST = 6,           /* the device fell off its bus */
  ACCEL_PLUGIN_ERROR = 7,          /* the source failed or answered nonsense */
  ACCEL_PLUGIN_NO_DRIVER = 8,      /* no driver serves the device */
  ACCEL_PLUGIN_NEEDS_WORKLOAD = 9, /* there are values only while a program uses the device */
  ACCEL_PLUGIN_PENDING = 10        /* a rate, which needs a second sample */
};

/* Which field of a reading holds its value. */
typedef int32_t accel_plugin_kind;
enum {
  ACCEL_PLUGIN_INTEGER = 0, /* integer, in the base unit of the metric */
  ACCEL_PLUGIN_RATIO = 1,   /* ratio, 0 to 1 */
  ACCEL_PLUGIN_FLAG = 2,    /* integer, 0 or 1 */
  ACCEL_PLUGIN_TEXT = 3,    /* texts[0] */
  ACCEL_PLUGIN_TEXTS = 4    /* texts, also none */
};

/* What the plug-in made, and only the plug-in looks into. */
typedef struct accel_plugin_session accel_plugin_session;
typedef struct accel_plugin_device accel_plugin_device;

/* The machine that the plug-in is to look at. Lives as long as the session. */
typedef struct accel_plugin_host {
  uint32_t size;
  uint32_t wake;           /* 1: suspended devices may be read, which wakes them */
  const char* root;        /* where "/" is: read root + "sys/class/...". Ends with '/' */
  const char* library_dir; /* where vendor libraries are; null: by the loader's own search */
  void (*trace)(void* trace_context, const char* text); /* for debugging; from any thread */
  void* trace_context;
} accel_plugin_host;

/* Filled in by a function that fails; accel passes it zeroed. */
typedef struct accel_plugin_error {
  uint32_t size;
  uint32_t reserved;
  char message[256]; /* what was asked and what came back: "/dev/acme0: Permission denied" */
  char remedy[256];  /* what the reader can do; empty when there is nothing */
} accel_plugin_error;

/* Bits of accel_plugin_device_info.known. */
enum { ACCEL_PLUGIN_KNOWS_MEMORY = 1, ACCEL_PLUGIN_KNOWS_NUMA_NODE = 2 };

typedef struct accel_plugin_device_info {
  uint32_t size;
  uint32_t known;              /* which of the numbers below are known */
  accel_plugin_device* device; /* handed to sample(); lives until the session is closed */
  const char* uuid;            /* identity that survives a reboot; null: serial, else PCI address */
  const char* parent_uuid;     /* of the whole device, for a partition; null for a whole one */
  const char* model;
  const char* device_type; /* gpu npu tpu lpu wse dsp fpga vpu hpu other; null: the plug-in's */
  const char* pci_address; /* "0000:01:00.0"; null for a device that is not on that bus */
  const char* serial;
  const char* driver;
  const char* driver_version;
  const char* firmware_version;
  const char* compute_capability;
  int64_t memory_bytes;
  int64_t numa_node;
  const char* const* device_nodes; /* "/dev/acme0" */
  uint32_t device_node_count;
  accel_plugin_status state; /* of the device; not STALE, NEEDS_WORKLOAD or PENDING */
  const char* state_reason;
  const char* state_remedy;
} accel_plugin_device_info;

/* One reading under a key of accel's metric table (`accel help metrics`, docs/metrics.md). Base
 * units: microwatts, microjoules, millidegrees Celsius, hertz, bytes, bytes per second, microvolts,
 * nanoseconds, transfers per second, turns per minute. A key that this accel does not know is
 * passed over. */
typedef struct accel_plugin_reading {
  uint32_t size;
  accel_plugin_status status;
  const char* key;  /* "temperature" */
  int32_t instance; /* number of the fan, link, ...; -1 where there is one */
  accel_plugin_kind kind;
  int64_t integer;
  double ratio;
  const char* const* texts;
  uint32_t text_count;
  uint32_t reserved;
  const char* source; /* the file or function that was asked */
  const char* reason; /* why there is no value */
  const char* remedy;
} accel_plugin_reading;

typedef struct accel_plugin_finding {
  uint32_t size;
  uint32_t severity;    /* 0 low, 1 medium, 2 high */
  const char* id;       /* stable: "ACME-001" */
  const char* title;    /* one sentence */
  const char* evidence; /* what was read, and where */
  const char* remedy;
  const char* device_uuid; /* null when it concerns the machine */
} accel_plugin_finding;

typedef void accel_plugin_add_device(void* context, const accel_plugin_device_info* info);
typedef void accel_plugin_add_reading(void* context, const accel_plugin_reading* reading);
typedef void accel_plugin_add_finding(void* context, const accel_plugin_finding* finding);

/* The plug-in. Lives as long as the object is loaded, which is as long as the program. */
typedef struct accel_plugin {
  uint32_t abi_version; /* ACCEL_PLUGIN_ABI_VERSION; looked at before anything else */
  uint32_t size;
  const char* vendor;             /* "Acme" */
  const char* device_type;        /* of most devices: "npu" */
  const char* verification;       /* how far: hardware, recorded, simulated, documented */
  const char* verified_on;        /* on what: "A100 board, driver 1.2" */
  const char* framework_device;   /* "acme" for "acme:0"; null: the vendor in lower case */
  const uint16_t* pci_vendor_ids; /* PCI vendor ids whose functions it claims; may be null */
  uint32_t pci_vendor_id_count;
  uint32_t reserved;

  /* Optional: 0 when nothing on this machine can be of that vendor. Cheap, opens no device. */
  int32_t (*probe)(const accel_plugin_host* host);
  accel_plugin_status (*open)(const accel_plugin_host* host, accel_plugin_session** session,
                              accel_plugin_error* error);
  /* Frees the session and its devices. */
  void (*close)(accel_plugin_session* session);
  /* Calls `add` for each device, for the first time or again; the same device has the same handle.
   * A device that cannot be used is listed with its state. Wakes nothing unless the host says so.
   */
  accel_plugin_status (*discover)(accel_plugin_session* session, accel_plugin_add_device* add,
                                  void* context, accel_plugin_error* error);
  /* Optional: calls `add` for each reading that the device offers, with a status for each that it
   * does not give now. Meant for once a second; should not block for more than 10 ms. */
  accel_plugin_status (*sample)(accel_plugin_session* session, accel_plugin_device* device,
                                accel_plugin_add_reading* add, void* context,
                                accel_plugin_error* error);
  /* Optional: calls `add` for what an operator should know about driver and library. */
  accel_plugin_status (*findings)(accel_plugin_session* session, accel_plugin_add_finding* add,
                                  void* context, accel_plugin_error* error);
} accel_plugin;

/* The one symbol of a plug-in. */
ACCEL_PLUGIN_EXPORT const accel_plugin* accel_plugin_entry(void);

#ifdef __cplusplus
}
#endif

#endif
