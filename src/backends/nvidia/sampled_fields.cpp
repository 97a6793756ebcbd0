// The list of fields that one sample asks for in a single call.
#include <array>

#include "backends/nvidia/readings.hpp"

namespace accel::nvidia {

std::span<const FieldId> sampled_fields() {
  static constexpr std::array<FieldId, 25> fields{{{field::kMemoryTemperature},
                                                   {field::kMarginSlowdown},
                                                   {field::kMarginShutdown},
                                                   {field::kMarginGpuMax},
                                                   {field::kMarginMemory},
                                                   {field::kPowerAverage},
                                                   {field::kPowerInstant},
                                                   {field::kTotalEnergy},
                                                   {field::kPolicyPower},
                                                   {field::kPolicyThermal},
                                                   {field::kPolicySyncBoost},
                                                   {field::kPolicyBoardLimit},
                                                   {field::kPolicyLowUtilization},
                                                   {field::kPolicyReliability},
                                                   {field::kPcieTxBytes},
                                                   {field::kPcieRxBytes},
                                                   {field::kPcieCorrectable},
                                                   {field::kPcieNonFatal},
                                                   {field::kPcieFatal},
                                                   {field::kLinkCount},
                                                   {field::kLinkDataRx, kAllLinks},
                                                   {field::kLinkDataTx, kAllLinks},
                                                   {field::kRetiredSbe},
                                                   {field::kRetiredDbe},
                                                   {field::kRetiredPending}}};
  return fields;
}

}  // namespace accel::nvidia
