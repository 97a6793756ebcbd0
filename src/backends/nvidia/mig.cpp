#include "backends/nvidia/mig.hpp"

#include <utility>

#include "backends/nvidia/identity.hpp"
#include "backends/nvidia/nvml_constants.hpp"
#include "backends/nvidia/proc_files.hpp"
#include "backends/nvidia/processes.hpp"
#include "backends/nvidia/readings.hpp"
#include "core/device_state.hpp"

namespace accel::nvidia {
namespace {

/// No GPU has more than 7 instances with as many compute instances each; a driver that says so is
/// not believed.
constexpr std::uint32_t kMostInstances = 64;

class MigDevice final : public Device, public ProcessLister {
 public:
  MigDevice(AcceleratorInfo info, Gpu gpu, RuntimePower power,
            std::shared_ptr<const Machine> machine)
      : info_(std::move(info)),
        gpu_(std::move(gpu)),
        power_(std::move(power)),
        machine_(std::move(machine)),
        processes_(gpu_, *machine_, false) {}

  const AcceleratorInfo& info() const override { return info_; }

  void sample(ReadingSet& out) override {
    const auto asleep = power_.refusal();
    const Gpu gpu = asleep ? gpu_.refusing(*asleep) : gpu_;
    Sampling sampling(gpu, nullptr, out, machine_->clock->steady());
    read_memory(sampling);
    if (!sampling.may_ask()) {
      fill_absent(out, out.get(metric::memory_total).absence());
      return;
    }
    fill_absent(
        out, {ReadingStatus::unsupported, "NVML tells it of the whole GPU, not of a MIG instance",
              "see the whole GPU, " + info_.parent});
  }

  Result<ProcessList> processes() override {
    if (auto asleep = power_.refusal()) return *asleep;
    return processes_.processes();
  }
  ProcessLister* process_lister() override { return this; }

 private:
  AcceleratorInfo info_;
  Gpu gpu_;
  RuntimePower power_;
  std::shared_ptr<const Machine> machine_;
  Processes processes_;
};

template <class T>
void learn(Reading<T>& field, Result<T> answer, const char* source) {
  field = {std::move(answer), source};
}

/// The nodes that open the instance to a program that may already open the GPU's.
void add_capability_nodes(AcceleratorInfo& info, const Machine& machine, const std::string& gpu,
                          std::uint32_t gpu_instance, const Result<std::uint32_t>& instance) {
  const auto add = [&](const std::string& folder) {
    if (const auto minor = capability_minor(machine, folder)) {
      add_node(info, machine, "/dev/nvidia-caps/nvidia-cap" + std::to_string(*minor));
    }
  };
  const std::string folder = gpu + "/mig/gi" + std::to_string(gpu_instance);
  add(folder);
  if (instance) add(folder + "/ci" + std::to_string(*instance));
}

void add_instances(AcceleratorInfo& info, const Gpu& gpu, const Gpu& parent,
                   const Machine& machine) {
  const Functions& nvml = gpu.functions();
  const auto gpu_instance = gpu.ask<std::uint32_t>(nvml.gpu_instance_id);
  const auto instance = gpu.ask<std::uint32_t>(nvml.compute_instance_id);
  if (gpu_instance) info.extra.emplace_back("gpu_instance_id", std::int64_t{*gpu_instance});
  if (instance) info.extra.emplace_back("compute_instance_id", std::int64_t{*instance});
  const auto minor = parent.ask<std::uint32_t>(nvml.minor_number);
  if (!gpu_instance || !minor) return;
  add_capability_nodes(info, machine, "gpu" + std::to_string(*minor), *gpu_instance, instance);
}

void add_attributes(AcceleratorInfo& info, const Gpu& gpu) {
  const Functions& nvml = gpu.functions();
  const auto attributes = gpu.ask<nvmlDeviceAttributes_t>(nvml.attributes);
  if (!attributes || is_all_ones(attributes->multiprocessors)) return;
  const auto add = [&](const char* key, std::uint64_t number) {
    info.extra.emplace_back(key, static_cast<std::int64_t>(number));
  };
  add("sm_count", attributes->multiprocessors);
  add("copy_engines", attributes->copy_engines);
  add("decoders", attributes->decoders);
  add("encoders", attributes->encoders);
  add("jpeg_decoders", attributes->jpegs);
  add("ofa_engines", attributes->ofas);
  add("gpu_instance_slices", attributes->gpu_instance_slices);
  add("compute_instance_slices", attributes->compute_instance_slices);
  add("profile_memory_mib", attributes->memory_mib);
}

AcceleratorInfo identity(const Gpu& gpu, const AcceleratorInfo& parent, std::uint32_t nvml_index) {
  const Functions& nvml = gpu.functions();
  AcceleratorInfo info = parent;
  info.extra.clear();
  info.parent = parent.uuid;
  const auto uuid = gpu.text(nvml.uuid);
  info.uuid = uuid ? *uuid : parent.uuid + "/MIG-" + std::to_string(nvml_index);
  if (auto name = gpu.text(nvml.name)) learn(info.model, std::move(name), nvml.name.name);
  ReadingSet unused;
  Sampling sampling(gpu, nullptr, unused, {});
  info.memory = memory_figures(sampling).total;
  info.extra.emplace_back("mig_index", std::int64_t{nvml_index});
  return info;
}

}  // namespace

bool is_divided(const Gpu& gpu) {
  std::uint32_t current = 0;
  std::uint32_t pending = 0;
  return gpu.call(gpu.functions().mig_mode, &current, &pending) && current == kEnabled;
}

MigDevices mig_devices(const Gpu& parent, const AcceleratorInfo& parent_info,
                       const RuntimePower& power, const std::shared_ptr<const Machine>& machine) {
  MigDevices found;
  const Functions& nvml = parent.functions();
  const auto count = parent.ask<std::uint32_t>(nvml.mig_max_count);
  if (!count || *count > kMostInstances) {
    found.problems.push_back(
        count ? implausible(nvml.mig_max_count.name, *count, 0, kMostInstances, "MIG instances")
              : count.error());
    return found;
  }
  for (std::uint32_t index = 0; index < *count; ++index) {
    const auto handle = parent.ask<nvmlDevice_t>(nvml.mig_device, index);
    if (!handle) {
      // A number without an instance is a hole, not a failure.
      if (handle.error().code != Errc::not_found) found.problems.push_back(handle.error());
      continue;
    }
    Gpu gpu = parent.part(*handle);
    AcceleratorInfo info = identity(gpu, parent_info, index);
    add_instances(info, gpu, parent, *machine);
    add_attributes(info, gpu);
    info.partition = static_cast<int>(found.devices.size());
    found.devices.push_back(
        std::make_unique<MigDevice>(std::move(info), std::move(gpu), power, machine));
  }
  return found;
}

}  // namespace accel::nvidia
