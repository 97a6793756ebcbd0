/* Plug-ins that do something wrong; FAULT says what. */
#include <accelerator/plugin.h>
#include <stddef.h>
#include <string.h>

#define NO_ENTRY 1
#define NULL_TABLE 2
#define NEWER_VERSION 3
#define SMALL_TABLE 4
#define NO_VENDOR 5
#define NO_DISCOVER 6
#define OPEN_FAILS 7
#define NOT_HERE 8
#define ODD_READINGS 9
#define OLDER 10
#define TRACES 11

#if FAULT != NO_ENTRY

static int session_object;

#if FAULT == TRACES
static const accel_plugin_host* the_host;
static int is_closed;
#endif

#if FAULT == NOT_HERE
static int32_t probe(const accel_plugin_host* host) {
  (void)host;
  return 0;
}
#endif

static accel_plugin_status open_session(const accel_plugin_host* host,
                                        accel_plugin_session** session, accel_plugin_error* error) {
  (void)host;
#if FAULT == TRACES
  the_host = host;
  is_closed = 0;
#endif
#if FAULT == OPEN_FAILS
  strcpy(error->message, "/dev/odd0: Permission denied");
  strcpy(error->remedy, "join the group odd");
  return ACCEL_PLUGIN_NO_PERMISSION;
#else
  (void)error;
  *session = (accel_plugin_session*)&session_object;
  return ACCEL_PLUGIN_OK;
#endif
}

static void close_session(accel_plugin_session* session) {
  (void)session;
#if FAULT == TRACES
  is_closed = 1;
#endif
}

#if FAULT != NO_DISCOVER
static accel_plugin_status discover(accel_plugin_session* session, accel_plugin_add_device* add,
                                    void* context, accel_plugin_error* error) {
  (void)session, (void)error;
  accel_plugin_device_info info;
  memset(&info, 0, sizeof info);
  /* Knows no more than the beginning of the struct. */
  info.size = offsetof(accel_plugin_device_info, model);
  info.uuid = "odd-0";
  info.model = "beyond what the size says";
  add(context, &info);
  add(context, NULL);
#if FAULT == ODD_READINGS
  strcpy(error->message, "the second board does not answer");
  return ACCEL_PLUGIN_HUNG;
#else
  return ACCEL_PLUGIN_OK;
#endif
}
#endif

#if FAULT == ODD_READINGS
static void report(accel_plugin_add_reading* add, void* context, const char* key, int32_t status,
                   int32_t kind, int64_t integer, double ratio) {
  static const char* const texts[] = {"thermal", NULL};
  accel_plugin_reading reading;
  memset(&reading, 0, sizeof reading);
  reading.size = sizeof reading;
  reading.status = status;
  reading.key = key;
  reading.instance = -1;
  reading.kind = kind;
  reading.integer = integer;
  reading.ratio = ratio;
  reading.texts = texts;
  reading.text_count = 2;
  reading.source = "odd";
  reading.reason = "so";
  add(context, &reading);
}

static accel_plugin_status sample(accel_plugin_session* session, accel_plugin_device* device,
                                  accel_plugin_add_reading* add, void* context,
                                  accel_plugin_error* error) {
  (void)session, (void)device;
  const double nothing = 0.0;
  report(add, context, "temperature", ACCEL_PLUGIN_OK, ACCEL_PLUGIN_RATIO, 0, 0.5);
  report(add, context, "utilization", ACCEL_PLUGIN_OK, ACCEL_PLUGIN_RATIO, 0, nothing / nothing);
  report(add, context, "power", ACCEL_PLUGIN_STALE, ACCEL_PLUGIN_INTEGER, 5000000, 0);
  report(add, context, "energy", 99, ACCEL_PLUGIN_INTEGER, 1, 0);
  report(add, context, "throttle", ACCEL_PLUGIN_OK, ACCEL_PLUGIN_TEXTS, 0, 0);
  report(add, context, "performance_state", ACCEL_PLUGIN_OK, ACCEL_PLUGIN_TEXT, 0, 0);
  report(add, context, "ecc_mode", ACCEL_PLUGIN_OK, ACCEL_PLUGIN_FLAG, 1, 0);
  report(add, context, "mig_mode", ACCEL_PLUGIN_OK, ACCEL_PLUGIN_FLAG, 7, 0);
  report(add, context, "flux", ACCEL_PLUGIN_OK, ACCEL_PLUGIN_INTEGER, 1, 0);
  report(add, context, NULL, ACCEL_PLUGIN_OK, ACCEL_PLUGIN_INTEGER, 1, 0);
  add(context, NULL);
  strcpy(error->message, "the sensor bus is gone");
  return ACCEL_PLUGIN_ERROR;
}

static accel_plugin_status findings(accel_plugin_session* session, accel_plugin_add_finding* add,
                                    void* context, accel_plugin_error* error) {
  (void)session, (void)error;
  accel_plugin_finding finding;
  memset(&finding, 0, sizeof finding);
  finding.size = sizeof finding;
  finding.severity = 77;
  finding.id = "ODD-001";
  finding.title = "The firmware is old";
  add(context, &finding);
  return ACCEL_PLUGIN_OK;
}
#endif

#if FAULT == TRACES
/* Tells the host that it is being asked, and then whether it was closed meanwhile. */
static accel_plugin_status sample(accel_plugin_session* session, accel_plugin_device* device,
                                  accel_plugin_add_reading* add, void* context,
                                  accel_plugin_error* error) {
  (void)session, (void)device, (void)error;
  the_host->trace(the_host->trace_context, "asked");
  accel_plugin_reading reading;
  memset(&reading, 0, sizeof reading);
  reading.size = sizeof reading;
  reading.key = "ecc_mode";
  reading.instance = -1;
  reading.kind = ACCEL_PLUGIN_FLAG;
  reading.integer = is_closed;
  add(context, &reading);
  return ACCEL_PLUGIN_OK;
}
#endif

static const accel_plugin kPlugin = {
#if FAULT == NEWER_VERSION
    .abi_version = 2,
#else
    .abi_version = ACCEL_PLUGIN_ABI_VERSION,
#endif
#if FAULT == SMALL_TABLE
    .size = 16,
#elif FAULT == OLDER
    .size = offsetof(accel_plugin, sample),
#else
    .size = sizeof(accel_plugin),
#endif
#if FAULT != NO_VENDOR
    .vendor = "Odd",
#endif
    .open = open_session,
    .close = close_session,
#if FAULT != NO_DISCOVER
    .discover = discover,
#endif
#if FAULT == NOT_HERE
    .probe = probe,
#endif
#if FAULT == TRACES
    .sample = sample,
#elif FAULT == ODD_READINGS
    .sample = sample,
    .findings = findings,
#elif FAULT == OLDER
    /* Beyond its size: must not be called. */
    .sample = (void*)1,
    .findings = (void*)1,
#endif
};

const accel_plugin* accel_plugin_entry(void) {
#if FAULT == NULL_TABLE
  return NULL;
#else
  return &kPlugin;
#endif
}

#else
int no_entry(void) { return 0; }
#endif
