// Numbers that NVML's functions take and give, written down from nvml.h of CUDA 13.3 (driver 610).
#pragma once

#include <cstdint>

namespace accel::nvidia {

inline constexpr std::uint32_t kTemperatureGpu = 0;  ///< nvmlTemperatureSensors_t
inline constexpr std::uint32_t kEnabled = 1;         ///< nvmlEnableState_t
inline constexpr std::uint32_t kPstateMax = 15;
inline constexpr std::uint32_t kPstateUnknown = 32;
inline constexpr std::uint32_t kNoInstance = 0xFFFFFFFF;  ///< INVALID_GPU_INSTANCE_ID
/// Scope of a link field that asks for all links together.
inline constexpr std::uint32_t kAllLinks = 0xFFFFFFFF;
/// NVML_NVLINK_MAX_LINKS of driver 610; 18 before.
inline constexpr std::uint32_t kMaxLinks = 36;
/// nvmlIntNvLinkDeviceType_t
inline constexpr std::uint32_t kRemoteIsGpu = 0;
inline constexpr std::uint32_t kRemoteIsProcessor = 1;  ///< IBM POWER
inline constexpr std::uint32_t kRemoteIsSwitch = 2;

/// nvmlTemperatureThresholds_t
namespace threshold {
inline constexpr std::uint32_t kShutdown = 0;
inline constexpr std::uint32_t kSlowdown = 1;
inline constexpr std::uint32_t kMemoryMax = 2;
inline constexpr std::uint32_t kGpuMax = 3;
inline constexpr std::uint32_t kAcousticMin = 4;
inline constexpr std::uint32_t kAcousticCurrent = 5;
inline constexpr std::uint32_t kAcousticMax = 6;
}  // namespace threshold

/// nvmlFanControlPolicy_t
namespace fan_control {
inline constexpr std::uint32_t kAutomatic = 0;  ///< NVML_FAN_POLICY_TEMPERATURE_CONTINOUS_SW
inline constexpr std::uint32_t kManual = 1;
}  // namespace fan_control

/// nvmlComputeMode_t
namespace compute {
inline constexpr std::uint32_t kDefault = 0;
inline constexpr std::uint32_t kExclusiveThread = 1;  ///< deprecated; not given since driver 375
inline constexpr std::uint32_t kProhibited = 2;
inline constexpr std::uint32_t kExclusiveProcess = 3;
}  // namespace compute

/// nvmlDeviceArchitecture_t
namespace architecture_number {
inline constexpr std::uint32_t kVolta = 5;
inline constexpr std::uint32_t kAmpere = 7;
inline constexpr std::uint32_t kUnknown = 0xFFFFFFFF;
}  // namespace architecture_number

/// nvmlClockType_t
namespace clock_type {
inline constexpr std::uint32_t kGraphics = 0;
inline constexpr std::uint32_t kSm = 1;
inline constexpr std::uint32_t kMemory = 2;
inline constexpr std::uint32_t kVideo = 3;
}  // namespace clock_type

/// nvmlMemoryErrorType_t and nvmlEccCounterType_t
namespace ecc {
inline constexpr std::uint32_t kCorrected = 0;
inline constexpr std::uint32_t kUncorrected = 1;
inline constexpr std::uint32_t kVolatile = 0;
inline constexpr std::uint32_t kAggregate = 1;
}  // namespace ecc

/// nvmlPcieUtilCounter_t
namespace pcie_counter {
inline constexpr std::uint32_t kTx = 0;
inline constexpr std::uint32_t kRx = 1;
}  // namespace pcie_counter

/// nvmlNvLinkErrorCounter_t
namespace link_error {
inline constexpr std::uint32_t kReplay = 0;
inline constexpr std::uint32_t kRecovery = 1;
inline constexpr std::uint32_t kCrcFlit = 2;
}  // namespace link_error

/// nvmlPerfPolicyType_t
namespace policy {
inline constexpr std::uint32_t kPower = 0;
inline constexpr std::uint32_t kThermal = 1;
inline constexpr std::uint32_t kSyncBoost = 2;
inline constexpr std::uint32_t kBoardLimit = 3;
inline constexpr std::uint32_t kLowUtilization = 4;
inline constexpr std::uint32_t kReliability = 5;
}  // namespace policy

/// NVML_FI_DEV_*. Only ids that no driver branch has renumbered.
namespace field {
inline constexpr std::uint32_t kRetiredSbe = 29;
inline constexpr std::uint32_t kRetiredDbe = 30;
inline constexpr std::uint32_t kRetiredPending = 31;
inline constexpr std::uint32_t kPolicyPower = 74;
inline constexpr std::uint32_t kPolicyThermal = 75;
inline constexpr std::uint32_t kPolicySyncBoost = 76;
inline constexpr std::uint32_t kPolicyBoardLimit = 77;
inline constexpr std::uint32_t kPolicyLowUtilization = 78;
inline constexpr std::uint32_t kPolicyReliability = 79;
inline constexpr std::uint32_t kMemoryTemperature = 82;
inline constexpr std::uint32_t kTotalEnergy = 83;
inline constexpr std::uint32_t kLinkCount = 91;
inline constexpr std::uint32_t kLinkDataTx = 138;
inline constexpr std::uint32_t kLinkDataRx = 139;
inline constexpr std::uint32_t kPcieCorrectable = 173;
inline constexpr std::uint32_t kPcieNonFatal = 179;
inline constexpr std::uint32_t kPcieFatal = 180;
inline constexpr std::uint32_t kPowerAverage = 185;
inline constexpr std::uint32_t kPowerInstant = 186;
inline constexpr std::uint32_t kMarginShutdown = 193;
inline constexpr std::uint32_t kMarginSlowdown = 194;
inline constexpr std::uint32_t kMarginMemory = 195;
inline constexpr std::uint32_t kMarginGpuMax = 196;
inline constexpr std::uint32_t kPcieTxBytes = 197;
inline constexpr std::uint32_t kPcieRxBytes = 198;
/// Declared from driver 570 on; ids above 198 meant other things in branches before it.
inline constexpr std::uint32_t kRecoveryAction = 230;
}  // namespace field

/// nvmlGpmMetricId_t; shares in percent, rates in MiB/s.
namespace gpm_metric {
inline constexpr std::uint32_t kGraphics = 1;
inline constexpr std::uint32_t kSm = 2;
inline constexpr std::uint32_t kSmOccupancy = 3;
inline constexpr std::uint32_t kAnyTensor = 5;
inline constexpr std::uint32_t kDram = 10;
inline constexpr std::uint32_t kFp64 = 11;
inline constexpr std::uint32_t kFp32 = 12;
inline constexpr std::uint32_t kFp16 = 13;
inline constexpr std::uint32_t kPcieTx = 20;
inline constexpr std::uint32_t kPcieRx = 21;
}  // namespace gpm_metric
/// GPM's structs carry a plain 1, not a size.
inline constexpr std::uint32_t kGpmVersion = 1;

/// nvmlClocksEventReason*
namespace clock_reason {
inline constexpr std::uint64_t kGpuIdle = 0x1;
inline constexpr std::uint64_t kApplicationsClocks = 0x2;
inline constexpr std::uint64_t kSwPowerCap = 0x4;
inline constexpr std::uint64_t kHwSlowdown = 0x8;
inline constexpr std::uint64_t kSyncBoost = 0x10;
inline constexpr std::uint64_t kSwThermal = 0x20;
inline constexpr std::uint64_t kHwThermal = 0x40;
inline constexpr std::uint64_t kHwPowerBrake = 0x80;
inline constexpr std::uint64_t kDisplayClock = 0x100;
}  // namespace clock_reason

/// nvmlEventType*
namespace event_type {
inline constexpr std::uint64_t kSingleBitEcc = 0x1;
inline constexpr std::uint64_t kDoubleBitEcc = 0x2;
inline constexpr std::uint64_t kPstate = 0x4;
inline constexpr std::uint64_t kXid = 0x8;
inline constexpr std::uint64_t kClock = 0x10;
inline constexpr std::uint64_t kPowerSource = 0x80;
inline constexpr std::uint64_t kMigConfig = 0x100;
inline constexpr std::uint64_t kSingleBitStorm = 0x200;
inline constexpr std::uint64_t kDramRetirement = 0x400;
inline constexpr std::uint64_t kDramRetirementFailure = 0x800;
inline constexpr std::uint64_t kNonFatalPoison = 0x1000;
inline constexpr std::uint64_t kFatalPoison = 0x2000;
inline constexpr std::uint64_t kGpuUnavailable = 0x4000;
inline constexpr std::uint64_t kRecoveryAction = 0x8000;
}  // namespace event_type

}  // namespace accel::nvidia
