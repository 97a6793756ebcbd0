// The visible list of commands, all.cpp, names each of these.
#pragma once

#include "cli/command.hpp"

namespace accel::cli {

extern const Command kList;
extern const Command kStatus;
extern const Command kPs;
extern const Command kTop;
extern const Command kTopo;
extern const Command kDoctor;
extern const Command kCapture;
extern const Command kVersion;
extern const Command kSet;
extern const Command kReset;
extern const Command kConfirm;
extern const Command kRevert;
extern const Command kPanic;
extern const Command kAuditList;
extern const Command kAuditVerify;
extern const Command kHelp;
extern const Command kGenerate;
extern const Command kSimInit;
extern const Command kSimShow;
extern const Command kSimInject;
extern const Command kSimClear;
extern const Command kSimPath;
extern const Command kSimStep;

}  // namespace accel::cli
