#include "cli/commands/all.hpp"

#include <array>

namespace accel::cli {

std::span<const Command* const> commands() {
  static constexpr std::array kAll{&kList,    &kStatus,  &kTop,     &kPs,        &kTopo,
                                   &kDoctor,  &kCapture, &kVersion, &kSet,       &kReset,
                                   &kConfirm, &kRevert,  &kPanic,   &kAuditList, &kAuditVerify,
                                   &kHelp,    &kSimInit, &kSimShow, &kSimInject, &kSimClear,
                                   &kSimPath, &kSimStep, &kGenerate};
  return kAll;
}

}  // namespace accel::cli
