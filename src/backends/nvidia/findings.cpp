#include "backends/nvidia/findings.hpp"

#include <array>
#include <utility>

#include "backends/nvidia/field_batch.hpp"
#include "backends/nvidia/nvml_constants.hpp"
#include "backends/nvidia/proc_files.hpp"

namespace accel::nvidia {
namespace {

constexpr const char* kReset = "when the GPU is free, reset it (nvidia-smi --gpu-reset) or reboot";
/// First branch whose header has the field of the recovery action, as far as field ids above 198
/// stand still.
constexpr int kRecoveryActionSince = 570;

/// nvmlDeviceGpuRecoveryAction_t from 1 on.
constexpr std::array<const char*, 5> kRecoveries{
    "reset the GPU", "reboot the machine",
    "drain programs that use this GPU from others, then reset it", "drain the GPU, then reset it",
    "recover the IMEX domain"};

void check_library(const Machine& machine, const Library& library, bool has_gpus,
                   std::vector<Finding>& out) {
  if (!library.failure()) return;
  const Error& why = *library.failure();
  const Reading<std::string> module = module_version(machine);
  if (library.is_mismatched()) {
    out.push_back({"ACC-NV-001", Severity::high,
                   "The NVIDIA library and kernel module are of different versions",
                   why.message + "; the kernel module is " + (module ? *module : "unknown") +
                       (module ? " (" + module.source() + ")" : ""),
                   why.remedy, ""});
  } else if (!library.is_present() && module && why.code == Errc::driver_not_found) {
    out.push_back({"ACC-NV-002", Severity::high,
                   "The nvidia kernel module is loaded, but its library is missing",
                   "module " + *module + "; " + why.message, why.remedy, ""});
  } else if (library.is_present() && why.code == Errc::driver_not_found) {
    if (!has_gpus) return;  // An unused library is no fault.
    out.push_back({"ACC-NV-003", Severity::high,
                   "The NVIDIA library is there, but its kernel module is not loaded", why.message,
                   why.remedy, ""});
  } else if (why.code == Errc::permission_denied) {
    out.push_back({"ACC-NV-004", Severity::high, "This user may not use the NVIDIA driver",
                   why.message, why.remedy, ""});
  } else if (library.is_present() || why.code != Errc::driver_not_found) {
    out.push_back({"ACC-NV-005", Severity::high, "The NVIDIA library cannot start", why.message,
                   why.remedy, ""});
  }
}

/// A GPU that cannot be asked says why in its state; only what is a fault is a finding.
void check_state(const AcceleratorInfo& info, std::vector<Finding>& out) {
  const auto add = [&](const char* id, Severity severity, const char* title) {
    out.push_back({id, severity, title, info.state_reason, info.state_remedy, info.uuid});
  };
  switch (info.state) {
    case DeviceState::no_permission:
      add("ACC-NV-006", Severity::high, "This user or container may not use a GPU");
      break;
    case DeviceState::lost: add("ACC-NV-007", Severity::high, "A GPU is lost"); break;
    case DeviceState::error: add("ACC-NV-008", Severity::high, "A GPU does not work"); break;
    default: break;
  }
}

struct Modes {
  std::uint32_t current = 0;
  std::uint32_t pending = 0;
};

void check_pending(const KnownGpu& known, std::vector<Finding>& out) {
  const Functions& nvml = known.gpu.functions();
  const auto check = [&](const auto& function, const char* id, const char* title) {
    Modes modes;
    const bool told = known.gpu.call(function, &modes.current, &modes.pending).has_value();
    const bool sane = modes.current <= kEnabled && modes.pending <= kEnabled;
    if (!told || !sane || modes.current == modes.pending) return;
    out.push_back({id, Severity::low, title,
                   std::string(function.name) + ": current " + std::to_string(modes.current) +
                       ", pending " + std::to_string(modes.pending),
                   kReset, known.info.uuid});
  };
  check(nvml.ecc_mode, "ACC-NV-009", "Error correction changes with the next reset");
  check(nvml.mig_mode, "ACC-NV-010", "MIG mode changes with the next reset");
}

void check_memory(const KnownGpu& known, const FieldBatch& fields, std::vector<Finding>& out) {
  const auto& function = known.gpu.functions().remapped_rows;
  std::uint32_t corrected = 0;
  std::uint32_t uncorrected = 0;
  std::uint32_t pending = 0;
  std::uint32_t failed = 0;
  if (known.gpu.call(function, &corrected, &uncorrected, &pending, &failed)) {
    const std::string evidence = std::string(function.name) + ": " + std::to_string(corrected) +
                                 " after corrected, " + std::to_string(uncorrected) +
                                 " after uncorrected errors, pending " + std::to_string(pending) +
                                 ", failed " + std::to_string(failed);
    if (pending == 1) {
      out.push_back({"ACC-NV-011", Severity::medium,
                     "A memory row waits for a reset to be replaced", evidence, kReset,
                     known.info.uuid});
    }
    if (failed == 1) {
      out.push_back({"ACC-NV-012", Severity::high, "A memory row could not be replaced", evidence,
                     "replace the GPU", known.info.uuid});
    }
  }
  const FieldId retired{field::kRetiredPending};
  const auto pages = fields.value<bool>(retired, [](auto raw) { return Result<bool>(raw == 1); });
  if (pages && *pages) {
    out.push_back({"ACC-NV-013", Severity::medium, "A memory page waits for a reset to be retired",
                   FieldBatch::source(retired) + ": 1", kReset, known.info.uuid});
  }
}

void check_recovery(const KnownGpu& known, const FieldBatch& fields, std::vector<Finding>& out) {
  if (known.gpu.nvml()->driver_branch() < kRecoveryActionSince) return;
  const FieldId id{field::kRecoveryAction};
  const auto action = fields.value<std::int64_t>(
      id, [](auto raw) { return Result<std::int64_t>(static_cast<std::int64_t>(raw)); });
  if (!action || *action < 1 || *action > static_cast<std::int64_t>(kRecoveries.size())) return;
  out.push_back({"ACC-NV-014", Severity::high, "The driver wants a GPU to be recovered",
                 FieldBatch::source(id) + ": " + std::to_string(*action),
                 kRecoveries.at(static_cast<std::size_t>(*action - 1)), known.info.uuid});
}

}  // namespace

std::vector<Finding> library_problems(const Machine& machine, const Library& library,
                                      bool has_gpus) {
  std::vector<Finding> found;
  check_library(machine, library, has_gpus, found);
  return found;
}

std::vector<Finding> gpu_problems(const KnownGpu& known, bool library_works) {
  std::vector<Finding> found;
  if (library_works) check_state(known.info, found);
  if (known.gpu.refusal() != nullptr || known.power.refusal()) return found;
  constexpr std::array<FieldId, 2> wanted{{{field::kRetiredPending}, {field::kRecoveryAction}}};
  const FieldBatch fields(known.gpu, wanted);
  check_pending(known, found);
  check_memory(known, fields, found);
  check_recovery(known, fields, found);
  return found;
}

Finding silent_gpu(const KnownGpu& known, const Error& why) {
  return {"ACC-NV-015", Severity::high, "The driver does not answer when asked about a GPU",
          why.message,  why.remedy,     known.info.uuid};
}

}  // namespace accel::nvidia
