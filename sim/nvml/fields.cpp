// Values by field identifier, and the table of the identifiers that are known.

#include <cmath>

#include "call.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

constexpr unsigned int kMaxFields = 1024;  // more in one call is a mistake of the caller
constexpr unsigned int kAllLinks = 0xFFFFFFFF;

/// One answer; stays "not supported" unless something sets it.
struct Answer {
  nvmlReturn_t result = NVML_ERROR_NOT_SUPPORTED;
  nvmlValueType_t type = NVML_VALUE_TYPE_UNSIGNED_INT;
  nvmlValue_t value{};

  void set_int(unsigned int number) {
    result = NVML_SUCCESS;
    value.ullVal = 0;
    value.uiVal = number;
  }
  void set_long(unsigned long long number) {
    result = NVML_SUCCESS;
    type = NVML_VALUE_TYPE_UNSIGNED_LONG_LONG;
    value.ullVal = number;
  }
  void set_signed(int number) {
    result = NVML_SUCCESS;
    type = NVML_VALUE_TYPE_SIGNED_INT;
    value.ullVal = 0;
    value.siVal = number;
  }
};

using Reader = void (*)(const View&, unsigned int id, unsigned int scope, Answer&);

unsigned long long ecc_total(const View& v, unsigned int type, unsigned int counter) {
  unsigned long long sum = 0;
  for (const std::uint64_t count : v.gpu.errors.ecc[type][counter]) sum += count;
  return sum;
}

bool counts_ecc(const View& v) {
  return v.board.features.ecc != 0 && v.gpu.settings.ecc_current != 0;
}

void read_ecc_mode(const View& v, unsigned int id, unsigned int, Answer& answer) {
  if (v.board.features.ecc == 0) return;
  answer.set_int(id == 1 ? v.gpu.settings.ecc_current : v.gpu.settings.ecc_pending);
}

/// 3 single volatile, 4 double volatile, 5 single aggregate, 6 double aggregate
void read_ecc_total(const View& v, unsigned int id, unsigned int, Answer& answer) {
  if (counts_ecc(v)) answer.set_long(ecc_total(v, (id - 3) % 2, (id - 3) / 2));
}

/// 7..17 volatile, 18..28 aggregate: single and double of L1, L2, memory, registers, texture, then
/// double of the constant and branch unit.
void read_ecc_location(const View& v, unsigned int id, unsigned int, Answer& answer) {
  if (!counts_ecc(v)) return;
  const unsigned int counter = id >= 18 ? 1 : 0;
  const unsigned int at = id - (counter == 1 ? 18 : 7);
  const bool cbu = at == 10;
  const unsigned int location = cbu ? 6 : at / 2;
  const bool memory = location == 2;
  if (!memory && v.board.architecture >= 6) return;  // Turing and later: see ecc.cpp
  answer.set_long(v.gpu.errors.ecc[cbu ? 1 : at % 2][counter][location]);
}

void read_retired(const View& v, unsigned int id, unsigned int, Answer& answer) {
  if (v.board.features.page_retirement == 0) return;
  const GpuErrors& errors = v.gpu.errors;
  switch (id) {
    case 29: return answer.set_long(errors.retired_single);
    case 30: return answer.set_long(errors.retired_double);
    default: return answer.set_long(errors.retirement_pending);
  }
}

/// Sum of one error counter over the links that the scope names.
unsigned long long link_errors(const View& v, unsigned int counter, unsigned int link) {
  if (link != kAllLinks)
    return link < v.board.nvlink.count ? v.gpu.errors.nvlink[link][counter] : 0;
  unsigned long long sum = 0;
  for (unsigned int i = 0; i < v.board.nvlink.count; ++i) sum += v.gpu.errors.nvlink[i][counter];
  return sum;
}

/// Blocks of seven, six links and their total: 32 CRC of flits, 39 of data, 46 replay, 53 recovery.
void read_link_errors(const View& v, unsigned int id, unsigned int, Answer& answer) {
  constexpr unsigned int kCounters[] = {2, 3, 0, 1};
  const unsigned int at = (id - 32) % 7;
  if (v.board.nvlink.count == 0 || (at < 6 && at >= v.board.nvlink.count)) return;
  answer.set_long(link_errors(v, kCounters[(id - 32) / 7], at == 6 ? kAllLinks : at));
}

/// The links above six: blocks of six from 96 on, in the same order.
void read_more_link_errors(const View& v, unsigned int id, unsigned int, Answer& answer) {
  constexpr unsigned int kCounters[] = {2, 3, 0, 1};
  const unsigned int link = 6 + (id - 96) % 6;
  if (link < v.board.nvlink.count) answer.set_long(link_errors(v, kCounters[(id - 96) / 6], link));
}

void read_link_ecc(const View& v, unsigned int id, unsigned int, Answer& answer) {
  const unsigned int link = id == 160 ? kAllLinks : id - 148;
  if (v.board.nvlink.count == 0 || (link != kAllLinks && link >= v.board.nvlink.count)) return;
  answer.set_long(link_errors(v, 4, link));
}

void read_violation(const View& v, unsigned int id, unsigned int, Answer& answer) {
  constexpr unsigned int kPolicies[] = {0, 1, 2, 3, 4, 5, 10, 11};
  answer.set_long(static_cast<unsigned long long>(v.gpu.totals.violation[kPolicies[id - 74]]));
}

void read_sensors(const View& v, unsigned int id, unsigned int, Answer& answer) {
  if (id == 83) return answer.set_long(whole_long(v.gpu.totals.energy_mj));
  if (v.board.thermal.memory_above > 0) answer.set_int(whole(v.gpu.memory_temperature));
}

void read_link_speed(const View& v, unsigned int id, unsigned int scope, Answer& answer) {
  const unsigned int count = v.board.nvlink.count;
  if (count == 0) return;
  unsigned int link = scope;
  if (id >= 84 && id <= 89) link = id - 84;
  if (id >= 132 && id <= 137) link = id - 132 + 6;
  if (id == 90) link = 0;
  if (link >= count) return;
  answer.set_int((v.gpu.links_down >> link & 1) != 0 ? 0 : v.board.nvlink.mbps);
}

/// Links as such: 91 how many, 146 number at the other end, 147 how many reach a switch.
void read_link_count(const View& v, unsigned int id, unsigned int scope, Answer& answer) {
  const unsigned int count = v.board.nvlink.count;
  if (id == 91) return answer.set_int(count);
  if (count == 0) return;
  if (id == 147) return answer.set_int(v.board.nvlink.to_switch != 0 ? count : 0);
  if (scope < count) answer.set_int(v.gpu.index * count + scope);
}

/// 138 to 141: data and raw traffic in KiB, of one link or of all.
void read_link_traffic(const View& v, unsigned int id, unsigned int scope, Answer& answer) {
  const unsigned int count = v.board.nvlink.count;
  if (count == 0 || (scope != kAllLinks && scope >= count)) return;
  const bool transmit = id % 2 == 0;
  double bytes = transmit ? v.gpu.totals.nvlink_tx : v.gpu.totals.nvlink_rx;
  if (scope != kAllLinks) bytes /= count;
  if (id >= 140) bytes *= 1.12;  // raw counts the protocol's part too
  answer.set_long(whole_long(bytes / 1024));
}

/// 161 to 168: errors and state of the link that the scope names.
void read_link(const View& v, unsigned int id, unsigned int scope, Answer& answer) {
  if (scope >= v.board.nvlink.count) return;
  const bool up = (v.gpu.links_down >> scope & 1) == 0;
  switch (id) {
    case 161: return answer.set_long(link_errors(v, 0, scope));
    case 162: return answer.set_long(link_errors(v, 1, scope));
    case 163: return answer.set_long(link_errors(v, 2, scope) + link_errors(v, 3, scope));
    case 164: return answer.set_int(up ? v.board.nvlink.mbps : 0);
    case 165: return answer.set_int(up ? 1 : 0);
    case 166: return answer.set_int(v.board.nvlink.version);
    case 167: return answer.set_int(0);  // high speed
    default: return;
  }
}

void read_replay(const View& v, unsigned int id, unsigned int, Answer& answer) {
  answer.set_int(id == 94 ? v.gpu.errors.pcie_replay : 0);
}

void read_remapped(const View& v, unsigned int id, unsigned int, Answer& answer) {
  if (v.board.features.row_remap == 0) return;
  const GpuErrors& errors = v.gpu.errors;
  const std::uint32_t values[] = {errors.remapped_corrected, errors.remapped_uncorrected,
                                  errors.remap_pending, errors.remap_failure};
  answer.set_int(values[id - 142]);
}

/// 173 to 183: error counts of the PCIe link, all quiet but replays.
void read_pcie_errors(const View& v, unsigned int id, unsigned int, Answer& answer) {
  answer.set_int(id == 174 || id == 173 ? v.gpu.errors.pcie_replay : 0);
}

void read_power(const View& v, unsigned int id, unsigned int scope, Answer& answer) {
  if (scope != 0) return;  // modules with a processor only
  const PowerLimits& limits = v.board.power;
  switch (id) {
    case 185: return answer.set_int(whole(v.gpu.power_average_mw));
    case 186: return answer.set_int(whole(v.gpu.power_mw));
    case 187: return answer.set_int(limits.min_mw);
    case 188: return answer.set_int(limits.max_mw);
    case 189: return answer.set_int(limits.default_mw);
    case 191: return answer.set_long(whole_long(v.gpu.totals.energy_mj));
    default: return answer.set_int(v.gpu.settings.power_limit_mw);
  }
}

/// Limits as distances from the highest operating temperature.
void read_margins(const View& v, unsigned int id, unsigned int, Answer& answer) {
  const ThermalLimits& limits = v.board.thermal;
  if (limits.margins == 0) return;
  switch (id) {
    case 193: return answer.set_signed(limits.gpu_max - limits.shutdown);
    case 194: return answer.set_signed(limits.gpu_max - limits.slowdown);
    case 195:
      if (limits.memory_max > 0) answer.set_signed(0);
      return;
    default: return answer.set_signed(0);
  }
}

void read_pcie_bytes(const View& v, unsigned int id, unsigned int, Answer& answer) {
  const double bytes = id == 197 ? v.gpu.totals.pcie_tx : v.gpu.totals.pcie_rx;
  // A 32-bit counter of the hardware: it wraps.
  answer.set_int(static_cast<unsigned int>(whole_long(bytes) & 0xFFFFFFFF));
}

void read_flags(const View& v, unsigned int id, unsigned int, Answer& answer) {
  const bool mig = v.board.mig_profile_count > 0;
  switch (id) {
    case 170: return answer.set_int(0);  // no chip-to-chip links
    case 184:
      if (mig) answer.set_int(v.board.features.mig_reset != 0 ? 0 : 1);
      return;
    case 199: return answer.set_int(mig ? 1 : 0);
    case 226:
    case 227: return answer.set_int(0);
    case 230: return answer.set_int(v.gpu.errors.remap_pending != 0 ? 1 : 0);  // reset
    default: return;
  }
}

/// Time under thermal and brake slowdown; these identifiers moved between branches.
void read_reason_time(const View& v, unsigned int id, unsigned int, Answer& answer) {
  const bool late = driver_from(v.node, "580.82.07");
  const unsigned int first = late ? 269 : 251;
  if (id < first || id > first + 2) return;
  const GpuTotals& totals = v.gpu.totals;
  const std::int64_t times[] = {totals.violation[1] - totals.hardware_thermal,
                                totals.hardware_thermal, totals.power_brake};
  answer.set_long(static_cast<unsigned long long>(std::max<std::int64_t>(0, times[id - first])));
}

struct FieldRange {
  unsigned int first;
  unsigned int last;
  const char* since;  ///< Driver release; "" for all that are simulated.
  Reader read;
};

constexpr FieldRange kFields[] = {
    {1, 2, "", read_ecc_mode},
    {3, 6, "", read_ecc_total},
    {7, 28, "", read_ecc_location},
    {29, 31, "", read_retired},
    {32, 59, "", read_link_errors},
    {74, 81, "", read_violation},
    {82, 83, "", read_sensors},
    {84, 90, "", read_link_speed},
    {91, 91, "", read_link_count},
    {92, 93, "", read_retired},
    {94, 95, "", read_replay},
    {96, 119, "", read_more_link_errors},
    {132, 137, "", read_link_speed},
    {138, 141, "", read_link_traffic},
    {142, 145, "450.51", read_remapped},
    {146, 147, "470.42.01", read_link_count},
    {148, 160, "470.42.01", read_link_ecc},
    {161, 168, "515.43.04", read_link},
    {170, 170, "525.53", read_flags},
    {173, 183, "525.53", read_pcie_errors},
    {184, 184, "525.53", read_flags},
    {185, 192, "530.30.02", read_power},
    {193, 196, "535.43.02", read_margins},
    {197, 198, "535.43.02", read_pcie_bytes},
    {199, 199, "550.40.07", read_flags},
    {226, 227, "565.57.01", read_flags},
    {230, 230, "565.57.01", read_flags},
    {251, 253, "575.51.02", read_reason_time},
    {269, 271, "580.82.07", read_reason_time},
};

void read_field(const View& v, nvmlFieldValue_t& field) {
  Answer answer;
  for (const FieldRange& range : kFields) {
    if (field.fieldId < range.first || field.fieldId > range.last) continue;
    if (range.since[0] == '\0' || driver_from(v.node, range.since)) {
      range.read(v, field.fieldId, field.scopeId, answer);
    }
  }
  field.timestamp = micros(v.now);
  field.latencyUsec = 1;
  field.valueType = answer.type;
  field.nvmlReturn = answer.result;
  field.value = answer.value;
}

}  // namespace

ACCEL_NVML nvmlDeviceGetFieldValues(nvmlDevice_t device, int count, nvmlFieldValue_t* values) {
  return on_gpu(__func__, device, [&](View& v) {
    if (values == nullptr || count <= 0 || count > static_cast<int>(kMaxFields)) {
      return NVML_ERROR_INVALID_ARGUMENT;
    }
    for (int i = 0; i < count; ++i) read_field(v, values[i]);
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceClearFieldValues(nvmlDevice_t device, int count, nvmlFieldValue_t* values) {
  return change_gpu(__func__, device, [&](View& v) {
    if (values == nullptr || count <= 0 || count > static_cast<int>(kMaxFields)) {
      return NVML_ERROR_INVALID_ARGUMENT;
    }
    for (int i = 0; i < count; ++i) {
      // Of the identifiers known here only the replay counter can be cleared.
      const bool replay = values[i].fieldId == 94;
      if (replay && !is_root()) return NVML_ERROR_NO_PERMISSION;
      if (replay) v.gpu.errors.pcie_replay = 0;
      values[i].nvmlReturn = replay ? NVML_SUCCESS : NVML_ERROR_NOT_SUPPORTED;
    }
    return NVML_SUCCESS;
  });
}
