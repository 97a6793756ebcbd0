/* A vendor plug-in to copy: the accelerators of a made-up vendor, Acme, whose driver shows each as
 * a folder of small files:
 *
 *     /sys/class/acme/acme0/{model,uuid,driver_version}            text
 *     /sys/class/acme/acme0/memory_bytes                           integer
 *     /sys/class/acme/acme0/{temperature_millicelsius,power_microwatts,busy_percent}
 *     /sys/class/acme/acme0/device                                 link to its PCI function
 *
 * Everything is read below host->root, so that it works on a recorded machine as on a real one. */
#include <accelerator/plugin.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_DEVICES 64
#define CLASS_DIR "sys/class/acme"

struct accel_plugin_device {
  char path[PATH_MAX];
  char name[64];
};

struct accel_plugin_session {
  const accel_plugin_host* host; /* lives as long as the session */
  struct accel_plugin_device devices[MOST_DEVICES];
  uint32_t device_count;
};

/* What a failed call looked at and what the system said. */
static accel_plugin_status fail(accel_plugin_error* error, const char* path, int error_number) {
  snprintf(error->message, sizeof error->message, "%.180s: %.70s", path, strerror(error_number));
  if (error_number == EACCES) {
    snprintf(error->remedy, sizeof error->remedy, "add yourself to the group acme");
    return ACCEL_PLUGIN_NO_PERMISSION;
  }
  return ACCEL_PLUGIN_ERROR;
}

/* The file's text without the newline at its end; 0, or the error number. */
static int read_text(const char* folder, const char* file, char* text, size_t room) {
  char path[PATH_MAX + 64];
  snprintf(path, sizeof path, "%s/%s", folder, file);
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return errno;
  const ssize_t size = read(fd, text, room - 1);
  const int failure = size < 0 ? errno : 0;
  close(fd);
  if (failure != 0) return failure;
  text[size] = '\0';
  text[strcspn(text, "\n")] = '\0';
  return 0;
}

/* The whole file as one integer; 0, or the error number. EBADMSG: it is none. */
static int read_integer(const char* folder, const char* file, int64_t* value) {
  char text[64];
  char* end = NULL;
  const int failure = read_text(folder, file, text, sizeof text);
  if (failure != 0) return failure;
  errno = 0;
  const long long number = strtoll(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0') return EBADMSG;
  *value = number;
  return 0;
}

static accel_plugin_status status_of(int error_number) {
  switch (error_number) {
    case 0: return ACCEL_PLUGIN_OK;
    case ENOENT: return ACCEL_PLUGIN_UNSUPPORTED; /* this board has no such sensor */
    case EACCES: return ACCEL_PLUGIN_NO_PERMISSION;
    case ENODEV: return ACCEL_PLUGIN_LOST;
    default: return ACCEL_PLUGIN_ERROR;
  }
}

static int32_t probe(const accel_plugin_host* host) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s" CLASS_DIR, host->root);
  return access(path, F_OK) == 0;
}

static accel_plugin_status open_session(const accel_plugin_host* host,
                                        accel_plugin_session** session, accel_plugin_error* error) {
  accel_plugin_session* made = calloc(1, sizeof *made);
  if (made == NULL) return fail(error, "memory", ENOMEM);
  made->host = host;
  *session = made;
  return ACCEL_PLUGIN_OK;
}

static void close_session(accel_plugin_session* session) { free(session); }

/* The handle of that name, which stays the same as long as the session lives. */
static accel_plugin_device* device_named(accel_plugin_session* session, const char* name) {
  for (uint32_t i = 0; i < session->device_count; ++i) {
    if (strcmp(session->devices[i].name, name) == 0) return &session->devices[i];
  }
  if (session->device_count == MOST_DEVICES) return NULL;
  accel_plugin_device* device = &session->devices[session->device_count++];
  snprintf(device->name, sizeof device->name, "%.63s", name);
  snprintf(device->path, sizeof device->path, "%s" CLASS_DIR "/%.63s", session->host->root, name);
  return device;
}

/* The address that `device` links to: the last component of its target. */
static const char* pci_address(const accel_plugin_device* device, char* room, size_t size) {
  char path[PATH_MAX + 64];
  char target[PATH_MAX];
  snprintf(path, sizeof path, "%s/device", device->path);
  const ssize_t length = readlink(path, target, sizeof target - 1);
  if (length < 0) return NULL;
  target[length] = '\0';
  const char* last = strrchr(target, '/');
  snprintf(room, size, "%.31s", last == NULL ? target : last + 1);
  return room;
}

static void list(accel_plugin_device* device, accel_plugin_add_device* add, void* context) {
  char uuid[64], model[128], version[64], address[32];
  accel_plugin_device_info info;
  memset(&info, 0, sizeof info);
  info.size = sizeof info;
  info.device = device;
  info.driver = "acme";
  info.pci_address = pci_address(device, address, sizeof address);
  if (read_text(device->path, "uuid", uuid, sizeof uuid) == 0) info.uuid = uuid;
  if (read_text(device->path, "model", model, sizeof model) == 0) info.model = model;
  if (read_text(device->path, "driver_version", version, sizeof version) == 0) {
    info.driver_version = version;
  }
  if (read_integer(device->path, "memory_bytes", &info.memory_bytes) == 0) {
    info.known |= ACCEL_PLUGIN_KNOWS_MEMORY;
  }
  add(context, &info);
}

static accel_plugin_status discover(accel_plugin_session* session, accel_plugin_add_device* add,
                                    void* context, accel_plugin_error* error) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s" CLASS_DIR, session->host->root);
  DIR* folder = opendir(path);
  if (folder == NULL) return errno == ENOENT ? ACCEL_PLUGIN_OK : fail(error, path, errno);
  for (const struct dirent* entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
    if (strncmp(entry->d_name, "acme", 4) != 0) continue;
    accel_plugin_device* device = device_named(session, entry->d_name);
    if (device != NULL) list(device, add, context);
  }
  closedir(folder);
  return ACCEL_PLUGIN_OK;
}

/* Reads one sensor and reports it, with its value or with the reason why there is none. */
static void report(const accel_plugin_device* device, const char* key, const char* file,
                   accel_plugin_kind kind, accel_plugin_add_reading* add, void* context) {
  char source[PATH_MAX + 64], reason[PATH_MAX + 192];
  int64_t value = 0;
  const int failure = read_integer(device->path, file, &value);
  accel_plugin_reading reading;
  memset(&reading, 0, sizeof reading);
  reading.size = sizeof reading;
  reading.key = key;
  reading.instance = -1;
  reading.kind = kind;
  reading.integer = value;
  reading.ratio = (double)value / 100.0;
  snprintf(source, sizeof source, "%s/%s", device->path, file);
  reading.source = source;
  reading.status = status_of(failure);
  if (failure != 0) {
    snprintf(reason, sizeof reason, "%s: %s", source, strerror(failure));
    reading.reason = reason;
  }
  if (reading.status == ACCEL_PLUGIN_NO_PERMISSION) reading.remedy = "join the group acme";
  add(context, &reading);
}

static accel_plugin_status sample(accel_plugin_session* session, accel_plugin_device* device,
                                  accel_plugin_add_reading* add, void* context,
                                  accel_plugin_error* error) {
  (void)session;
  if (access(device->path, F_OK) != 0) {
    fail(error, device->path, errno);
    return ACCEL_PLUGIN_LOST;
  }
  report(device, "temperature", "temperature_millicelsius", ACCEL_PLUGIN_INTEGER, add, context);
  report(device, "power", "power_microwatts", ACCEL_PLUGIN_INTEGER, add, context);
  report(device, "memory_total", "memory_bytes", ACCEL_PLUGIN_INTEGER, add, context);
  report(device, "utilization", "busy_percent", ACCEL_PLUGIN_RATIO, add, context);
  return ACCEL_PLUGIN_OK;
}

static const uint16_t kPciVendors[] = {0xacce};

static const accel_plugin kPlugin = {
    .abi_version = ACCEL_PLUGIN_ABI_VERSION,
    .size = sizeof(accel_plugin),
    .vendor = "Acme",
    .device_type = "npu",
    .verification = "simulated",
    .verified_on = "a made-up tree; there is no such device",
    .framework_device = "acme",
    .pci_vendor_ids = kPciVendors,
    .pci_vendor_id_count = 1,
    .probe = probe,
    .open = open_session,
    .close = close_session,
    .discover = discover,
    .sample = sample,
};

const accel_plugin* accel_plugin_entry(void) { return &kPlugin; }
