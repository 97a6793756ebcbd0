#include "backends/nvidia/nvml.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <initializer_list>

#include "backends/nvidia/text_answer.hpp"

namespace accel::nvidia {
namespace {

Errc code_of(nvmlReturn_t answer) {
  switch (answer) {
    case status::kNotSupported:
    case status::kFunctionNotFound:
    case status::kArgumentVersionMismatch:
    case status::kDeprecated: return Errc::operation_not_supported;
    case status::kNoPermission: return Errc::permission_denied;
    case status::kNotFound: return Errc::not_found;
    case status::kDriverNotLoaded:
    case status::kLibraryNotFound: return Errc::driver_not_found;
    case status::kTimeout: return Errc::timeout;
    case status::kGpuIsLost: return Errc::device_lost;
    case status::kResetRequired: return Errc::invalid_state;
    case status::kOperatingSystem: return Errc::system_error;
    case status::kMemory: return Errc::memory_error;
    case status::kInUse:
    case status::kNoData:
    case status::kNotReady: return Errc::unavailable;
    default: return Errc::nvml_error;
  }
}

const char* remedy_of(nvmlReturn_t answer) {
  switch (answer) {
    case status::kNoPermission:
      return "run as root, or as a user who may use /dev/nvidiactl and /dev/nvidia<N>";
    case status::kDriverNotLoaded: return "load the kernel module: modprobe nvidia";
    case status::kGpuIsLost:
      return "check power and seating of the card, then reset the GPU or reboot";
    case status::kResetRequired: return "reset the GPU (nvidia-smi --gpu-reset) or reboot";
    case status::kVersionMismatch:
      return "reload the nvidia kernel module or reboot, so that it matches the library";
    case status::kUnknown:
      return "in a container: start it again, it may have lost its device rules; else see dmesg";
    default: return "";
  }
}

/// What a status of that function means. `text` is the library's own word for it.
Error status_error(const char* function, nvmlReturn_t answer, std::string_view text) {
  std::string message = std::string(function) + ": ";
  message += text.empty() ? "status " + std::to_string(answer) : std::string(text);
  return {code_of(answer), std::move(message), remedy_of(answer), {}};
}

template <class Signature>
void resolve(const base::SharedLibrary& library, Symbol<Signature>& symbol,
             std::initializer_list<const char*> names) {
  for (const char* name : names) {
    library.resolve(symbol.call, {name});
    if (symbol.call == nullptr) continue;
    symbol.name = name;
    return;
  }
}

}  // namespace

Nvml::Nvml(std::string library, const base::SharedLibrary& opened) : library_(std::move(library)) {
#define ACCEL_NVML(member, signature, ...) resolve(opened, functions_.member, {__VA_ARGS__});
#include "backends/nvidia/nvml_functions.inc"
#undef ACCEL_NVML
  opened.resolve(functions_.error_string, {"nvmlErrorString"});
}

Result<std::shared_ptr<Nvml>> Nvml::load(const std::string& library) {
  const auto opened = base::SharedLibrary::open(library);
  if (!opened) return opened.error();
  return std::shared_ptr<Nvml>(new Nvml(library, *opened));
}

nvmlReturn_t Nvml::init() {
  if (is_open()) return status::kSuccess;
  if (functions_.init.call == nullptr) return status::kFunctionNotFound;
  const base::VendorCall mark("NVIDIA", "libnvidia-ml.so.1", functions_.init.name);
  const nvmlReturn_t answer = functions_.init.call();
  if (answer != status::kSuccess) return answer;
  open_.store(true, std::memory_order_release);
  read_versions();
  return answer;
}

void Nvml::shutdown() noexcept {
  if (!open_.exchange(false) || functions_.shutdown.call == nullptr) return;
  const base::VendorCall mark("NVIDIA", "libnvidia-ml.so.1", functions_.shutdown.name);
  functions_.shutdown.call();
}

void Nvml::read_versions() {
  TextBuffer buffer;
  if (!call(functions_.driver_version, buffer.data(), buffer.size())) return;
  const auto version = buffer.text(functions_.driver_version.name);
  if (!version) return;
  driver_version_ = *version;
  std::from_chars(version->data(), version->data() + version->size(), driver_branch_);
}

Error Nvml::missing(const char* function) {
  return {Errc::operation_not_supported,
          std::string(function) + ": not in this driver's library",
          "a newer driver may offer it",
          {}};
}

Error Nvml::failed(const char* function, nvmlReturn_t answer) const {
  if (answer == status::kUninitialized && !is_open()) {
    return {Errc::invalid_state, std::string(function) + ": NVML is shut down", "", {}};
  }
  const char* text = functions_.error_string == nullptr ? nullptr : functions_.error_string(answer);
  // A library's own words are short; a longer text is no text.
  constexpr std::size_t kLongest = 128;
  const std::size_t length = text == nullptr ? 0 : ::strnlen(text, kLongest);
  return status_error(function, answer,
                      length == kLongest ? std::string_view() : std::string_view(text, length));
}

}  // namespace accel::nvidia
