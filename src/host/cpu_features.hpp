// Which of a processor's many flags matter to computing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace accel::host {

/// Of the line "flags" (x86), in its order.
[[nodiscard]] std::vector<std::string> x86_features(std::string_view flags);
/// Of the line "Features" (ARM), in its order.
[[nodiscard]] std::vector<std::string> arm_features(std::string_view features);
/// Of the line "isa" (RISC-V), e.g. "rv64imafdcv_zba_zvfh".
[[nodiscard]] std::vector<std::string> riscv_features(std::string_view isa);

}  // namespace accel::host
