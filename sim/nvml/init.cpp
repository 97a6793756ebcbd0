// Starting and stopping the library, and the texts of its errors.

#include "call.hpp"
#include "faults.hpp"
#include "session.hpp"

using namespace accel::sim::nvml;

namespace {

constexpr unsigned int kKnownFlags = 7;  // no GPUs, no attach, force init

struct ErrorText {
  int code;
  const char* text;
};

// As the vendor's library words them.
constexpr ErrorText kTexts[] = {
    {0, "Success"},
    {1, "Uninitialized"},
    {2, "Invalid Argument"},
    {3, "Not Supported"},
    {4, "Insufficient Permissions"},
    {5, "Already Initialized"},
    {6, "Not Found"},
    {7, "Insufficient Size"},
    {8, "Insufficient External Power"},
    {9, "Driver Not Loaded"},
    {10, "Timeout"},
    {11, "Interrupt Request Issue"},
    {12, "NVML Shared Library Not Found"},
    {13, "Function Not Found"},
    {14, "Corrupted infoROM"},
    {15, "GPU is lost"},
    {16, "GPU requires reset"},
    {17, "GPU access blocked by the operating system"},
    {18, "Driver/library version mismatch"},
    {19, "In use by another client"},
    {20, "Insufficient Memory"},
    {21, "No data"},
    {22, "The requested vgpu operation is not available on target device, because ECC is enabled"},
    {23, "Insufficient Resources"},
    {24, "Frequency Not Supported"},
    {25, "Argument version mismatch"},
    {26, "Deprecated"},
    {27, "Not Ready"},
    {28, "GPU Not Found"},
    {29, "Invalid State"},
    {30, "Reset Type Not Supported"},
};

}  // namespace

ACCEL_NVML nvmlInit_v2() { return traced(__func__, initialize(__func__)); }
ACCEL_NVML nvmlInit() { return traced(__func__, initialize(__func__)); }
ACCEL_NVML nvmlInitWithFlags(unsigned int flags) {
  if ((flags & ~kKnownFlags) != 0) return traced(__func__, NVML_ERROR_INVALID_ARGUMENT);
  return traced(__func__, initialize(__func__));
}
ACCEL_NVML nvmlShutdown() { return traced(__func__, shut_down()); }

extern "C" __attribute__((visibility("default"))) const char* nvmlErrorString(int result) {
  for (const ErrorText& known : kTexts) {
    if (known.code == result) return known.text;
  }
  return "Unknown Error";
}
