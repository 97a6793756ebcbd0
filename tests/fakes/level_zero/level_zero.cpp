// A libze_loader.so.1 whose answers a test scripts: built as a shared library and opened by the
// real loader. Layouts are written down here anew, from zes_api.h, so that a mistake in the code
// under test is not repeated.
#include <cstring>

#include "fakes/level_zero/script.hpp"

#define ACCEL_EXPORT extern "C" __attribute__((visibility("default")))

using namespace fake_zes;

namespace {

constexpr unsigned kInvalidArgument = 0x78000004;

Script& script() {
  static Script instance;
  return instance;
}

unsigned begin(const char* function) {
  script().calls.emplace_back(function);
  const auto found = script().results.find(function);
  return found == script().results.end() ? 0 : found->second;
}

/// Two calls: the number, then pointers to the items themselves as handles.
template <class Item>
unsigned list(const char* function, std::vector<Item>& items, std::uint32_t* count, void** handles,
              std::uint32_t claimed = 0) {
  if (const unsigned result = begin(function)) return result;
  const auto there = static_cast<std::uint32_t>(items.size());
  if (*count == 0 || handles == nullptr) {
    *count = claimed != 0 ? claimed : there;
    return 0;
  }
  if (*count > there) *count = there;
  for (std::uint32_t i = 0; i < *count; ++i) handles[i] = &items[i];
  return 0;
}

/// Writes a field of a struct, whose first field must say what it is.
class Writer {
 public:
  Writer(void* out, std::uint32_t type) : out_(static_cast<char*>(out)) {
    std::uint32_t told = 0;
    std::memcpy(&told, out_, sizeof told);
    valid_ = told == type;
  }
  template <class T>
  Writer& put(std::size_t offset, T value) {
    if (valid_) std::memcpy(out_ + offset, &value, sizeof value);
    return *this;
  }
  [[nodiscard]] unsigned result() const { return valid_ ? 0 : kInvalidArgument; }

 private:
  char* out_;
  bool valid_ = false;
};

Device& device_at(void* handle) { return *static_cast<Device*>(handle); }

}  // namespace

ACCEL_EXPORT Script* fake_zes_script() { return &script(); }

ACCEL_EXPORT unsigned zesInit(std::uint32_t) { return begin("zesInit"); }

ACCEL_EXPORT unsigned zesDriverGet(std::uint32_t* count, void** drivers) {
  static std::vector<int> one(1);
  return list("zesDriverGet", one, count, drivers);
}

ACCEL_EXPORT unsigned zesDeviceGet(void*, std::uint32_t* count, void** devices) {
  return list("zesDeviceGet", script().devices, count, devices);
}

ACCEL_EXPORT unsigned zesDevicePciGetProperties(void* device, void* out) {
  if (const unsigned result = begin("zesDevicePciGetProperties")) return result;
  return Writer(out, 2).put(20, device_at(device).bus).result();
}

ACCEL_EXPORT unsigned zesDeviceEnumEngineGroups(void* device, std::uint32_t* count, void** out) {
  return list("zesDeviceEnumEngineGroups", device_at(device).engines, count, out,
              script().claimed_count);
}

ACCEL_EXPORT unsigned zesEngineGetProperties(void* engine, void* out) {
  if (const unsigned result = begin("zesEngineGetProperties")) return result;
  return Writer(out, 5).put(16, static_cast<Engine*>(engine)->group).result();
}

ACCEL_EXPORT unsigned zesEngineGetActivity(void* engine, std::uint64_t* out) {
  if (const unsigned result = begin("zesEngineGetActivity")) return result;
  out[0] = static_cast<Engine*>(engine)->active;
  out[1] = static_cast<Engine*>(engine)->time;
  return 0;
}

ACCEL_EXPORT unsigned zesDeviceEnumFrequencyDomains(void* device, std::uint32_t* count,
                                                    void** out) {
  return list("zesDeviceEnumFrequencyDomains", device_at(device).frequencies, count, out);
}

ACCEL_EXPORT unsigned zesFrequencyGetProperties(void* frequency, void* out) {
  if (const unsigned result = begin("zesFrequencyGetProperties")) return result;
  const auto* held = static_cast<Frequency*>(frequency);
  return Writer(out, 9).put(16, held->domain).put(40, held->most).result();
}

ACCEL_EXPORT unsigned zesFrequencyGetState(void* frequency, void* out) {
  if (const unsigned result = begin("zesFrequencyGetState")) return result;
  const auto* held = static_cast<Frequency*>(frequency);
  return Writer(out, 27)
      .put(16, held->voltage)
      .put(48, held->actual)
      .put(56, held->throttle)
      .result();
}

ACCEL_EXPORT unsigned zesDeviceEnumTemperatureSensors(void* device, std::uint32_t* count,
                                                      void** out) {
  return list("zesDeviceEnumTemperatureSensors", device_at(device).sensors, count, out);
}

ACCEL_EXPORT unsigned zesTemperatureGetProperties(void* sensor, void* out) {
  if (const unsigned result = begin("zesTemperatureGetProperties")) return result;
  return Writer(out, 20).put(16, static_cast<Sensor*>(sensor)->type).result();
}

ACCEL_EXPORT unsigned zesTemperatureGetState(void* sensor, double* out) {
  if (const unsigned result = begin("zesTemperatureGetState")) return result;
  *out = static_cast<Sensor*>(sensor)->degrees;
  return 0;
}

ACCEL_EXPORT unsigned zesDeviceEnumMemoryModules(void* device, std::uint32_t* count, void** out) {
  return list("zesDeviceEnumMemoryModules", device_at(device).memories, count, out);
}

ACCEL_EXPORT unsigned zesMemoryGetProperties(void* memory, void* out) {
  if (const unsigned result = begin("zesMemoryGetProperties")) return result;
  return Writer(out, 11).put(28, static_cast<Memory*>(memory)->location).result();
}

ACCEL_EXPORT unsigned zesMemoryGetBandwidth(void* memory, std::uint64_t* out) {
  if (const unsigned result = begin("zesMemoryGetBandwidth")) return result;
  const auto* held = static_cast<Memory*>(memory);
  out[0] = held->read;
  out[1] = held->written;
  out[2] = held->most_per_second;
  out[3] = held->time;
  return 0;
}
