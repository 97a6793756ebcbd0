// GPM: rates between two samples of a GPU's sums (Hopper and later).

#include <mutex>
#include <set>

#include "call.hpp"
#include "session.hpp"
#include "structs_process.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

/// What a sample keeps; the client sees a pointer only.
struct nvmlGpmSample_st {
  bool taken = false;
  std::int64_t time = 0;
  GpuTotals totals{};
  double load = 0;
  double memory_load = 0;
  double pcie_tx_rate = 0;
  double pcie_rx_rate = 0;
  double nvlink_rate = 0;
  double decoder = 0;
  unsigned int links = 0;
};

namespace {

constexpr unsigned int kVersion = 1;  // NVML_GPM_METRICS_GET_VERSION, NVML_GPM_SUPPORT_VERSION
constexpr unsigned int kMaxMetrics = 333;
constexpr double kMiB = 0x1p20;

std::mutex mutex;

std::set<nvmlGpmSample_t>* all_samples = nullptr;

std::set<nvmlGpmSample_t>& samples() {
  if (all_samples == nullptr) all_samples = new std::set<nvmlGpmSample_t>();
  return *all_samples;
}

__attribute__((destructor)) void release() {
  if (all_samples == nullptr || Flight::any()) return;
  for (nvmlGpmSample_t sample : *all_samples) delete sample;
  delete all_samples;
  all_samples = nullptr;
}

bool known(nvmlGpmSample_t sample) {
  const std::lock_guard guard(mutex);
  return samples().contains(sample);
}

/// Means over the time between two samples; the state of the second when no time has passed.
struct Rates {
  double load, memory, decoder;
  double pcie_tx, pcie_rx;  ///< bytes/s
  double nvlink_tx, nvlink_rx;
  unsigned int links;
};

Rates between(const nvmlGpmSample_st& a, const nvmlGpmSample_st& b) {
  const double seconds = static_cast<double>(b.time - a.time) * 1e-9;
  if (seconds <= 0) {
    return {b.load,         b.memory_load, b.decoder,     b.pcie_tx_rate,
            b.pcie_rx_rate, b.nvlink_rate, b.nvlink_rate, b.links};
  }
  const auto rate = [&](double GpuTotals::*sum) {
    return (b.totals.*sum - a.totals.*sum) / seconds;
  };
  return {rate(&GpuTotals::busy),         rate(&GpuTotals::memory_busy),
          rate(&GpuTotals::decoder_busy), rate(&GpuTotals::pcie_tx),
          rate(&GpuTotals::pcie_rx),      rate(&GpuTotals::nvlink_tx),
          rate(&GpuTotals::nvlink_rx),    b.links};
}

struct MetricInfo {
  const char* name;
  const char* unit;
};

/// Value of a metric; false for one that this card does not have.
bool metric(const Rates& rates, unsigned int id, double& value, MetricInfo& info) {
  info = {"Utilization", "%"};
  const double busy = rates.load * 100;
  switch (id) {
    case 1: value = busy; return true;                 // graphics
    case 2: value = busy * 0.96; return true;          // SM
    case 3: value = busy * 0.45; return true;          // occupancy
    case 4: value = busy * 0.12; return true;          // integer
    case 5: value = busy * 0.55; return true;          // any tensor
    case 6: value = 0; return true;                    // DFMA
    case 7: value = busy * 0.50; return true;          // HMMA
    case 9: value = busy * 0.05; return true;          // IMMA
    case 10: value = rates.memory * 100; return true;  // DRAM
    case 11: value = 0; return true;                   // FP64
    case 12: value = busy * 0.15; return true;         // FP32
    case 13: value = busy * 0.08; return true;         // FP16
    default: break;
  }
  if (id >= 30 && id <= 37) {
    value = id == 30 ? rates.decoder * 100 : 0;
    return true;
  }
  if ((id >= 40 && id <= 47) || id == 50) {
    value = 0;
    return true;
  }
  info = {"Throughput", "MiB/s"};
  if (id == 20) value = rates.pcie_tx / kMiB;
  if (id == 21) value = rates.pcie_rx / kMiB;
  if (id == 60) value = rates.nvlink_rx / kMiB;
  if (id == 61) value = rates.nvlink_tx / kMiB;
  if (id == 20 || id == 21 || ((id == 60 || id == 61) && rates.links > 0)) return true;
  if (id < 62 || id > 97 || (id - 62) / 2 >= rates.links) return false;
  value = (id % 2 == 0 ? rates.nvlink_rx : rates.nvlink_tx) / rates.links / kMiB;
  return true;
}

void take(const View& v, nvmlGpmSample_st& sample) {
  sample.taken = true;
  sample.time = v.gpu.advanced_to;
  sample.totals = v.gpu.totals;
  sample.load = v.gpu.load;
  sample.memory_load = v.gpu.memory_load;
  sample.pcie_tx_rate = v.gpu.pcie_tx_rate;
  sample.pcie_rx_rate = v.gpu.pcie_rx_rate;
  sample.nvlink_rate = v.gpu.nvlink_rate;
  sample.decoder = decoder_load(v.gpu);
  sample.links = v.board.nvlink.count;
}

}  // namespace

ACCEL_NVML nvmlGpmQueryDeviceSupport(nvmlDevice_t device, nvmlGpmSupport_t* support) {
  return on_device(__func__, device, [&](View& v) {
    if (support == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (support->version != kVersion) return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    support->isSupportedDevice = v.board.features.gpm;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlGpmSampleAlloc(nvmlGpmSample_t* sample) {
  if (sample == nullptr) return traced(__func__, NVML_ERROR_INVALID_ARGUMENT);
  const std::lock_guard guard(mutex);
  *sample = *samples().insert(new nvmlGpmSample_st()).first;
  return traced(__func__, NVML_SUCCESS);
}

ACCEL_NVML nvmlGpmSampleFree(nvmlGpmSample_t sample) {
  const std::lock_guard guard(mutex);
  if (samples().erase(sample) == 0) return traced(__func__, NVML_ERROR_INVALID_ARGUMENT);
  delete sample;
  return traced(__func__, NVML_SUCCESS);
}

ACCEL_NVML nvmlGpmSampleGet(nvmlDevice_t device, nvmlGpmSample_t sample) {
  return on_gpu(__func__, device, [&](View& v) {
    if (!known(sample)) return NVML_ERROR_INVALID_ARGUMENT;
    if (v.board.features.gpm == 0) return NVML_ERROR_NOT_SUPPORTED;
    take(v, *sample);
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlGpmMigSampleGet(nvmlDevice_t device, unsigned int id, nvmlGpmSample_t sample) {
  return on_gpu(__func__, device, [&](View& v) {
    if (!known(sample)) return NVML_ERROR_INVALID_ARGUMENT;
    if (v.board.features.gpm == 0 || v.gpu.settings.mig_current == 0) {
      return NVML_ERROR_NOT_SUPPORTED;
    }
    const bool found = std::any_of(std::begin(v.gpu.instances), std::end(v.gpu.instances),
                                   [&](const GpuInstance& i) { return i.used != 0 && i.id == id; });
    if (!found) return NVML_ERROR_INVALID_ARGUMENT;
    take(v, *sample);
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlGpmMetricsGet(nvmlGpmMetricsGet_t* request) {
  return on_node(__func__, [&](Node&) {
    if (request == nullptr || request->numMetrics > kMaxMetrics || !known(request->sample1) ||
        !known(request->sample2)) {
      return NVML_ERROR_INVALID_ARGUMENT;
    }
    if (request->version != kVersion) return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    if (!request->sample1->taken || !request->sample2->taken) return NVML_ERROR_INVALID_ARGUMENT;
    const Rates rates = between(*request->sample1, *request->sample2);
    for (unsigned int i = 0; i < request->numMetrics; ++i) {
      nvmlGpmMetric_t& out = request->metrics[i];
      MetricInfo info{};
      out.value = 0;
      out.nvmlReturn =
          metric(rates, out.metricId, out.value, info) ? NVML_SUCCESS : NVML_ERROR_NOT_SUPPORTED;
      out.metricInfo = {info.name, info.name, info.unit};
    }
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlGpmQueryIfStreamingEnabled(nvmlDevice_t device, unsigned int* state) {
  return on_gpu(__func__, device, [&](View& v) {
    return v.board.features.gpm != 0 ? put(state, 0U) : NVML_ERROR_NOT_SUPPORTED;
  });
}
