#include "host/cpu_features.hpp"

#include <algorithm>
#include <array>

#include "host/field.hpp"

namespace accel::host {
namespace {

// Names: Linux arch/x86/include/asm/cpufeatures.h. A star stands for any ending.
constexpr std::array<std::string_view, 17> kX86{
    "sse2", "ssse3", "sse4_1",  "sse4_2", "popcnt", "avx", "f16c", "fma",    "bmi2",
    "avx2", "avx_*", "avx512*", "avx10*", "amx_*",  "aes", "vaes", "sha_ni",
};
constexpr std::array<std::string_view, 2> kX86Carryless{"gfni", "vpclmulqdq"};

// Names: Linux arch/arm64/kernel/cpuinfo.c (hwcap_str), arch/arm/kernel/setup.c ("neon").
constexpr std::array<std::string_view, 18> kArm{
    "neon",  "asimd", "asimdhp", "fphp",   "asimdrdm", "asimddp", "asimdfhm", "fcma", "aes",
    "pmull", "sha2",  "sha3",    "sha512", "atomics",  "i8mm",    "bf16",     "sve*", "sme*",
};

template <std::size_t N>
bool is_listed(std::string_view name, const std::array<std::string_view, N>& list) {
  return std::ranges::any_of(list, [name](std::string_view pattern) {
    if (!pattern.ends_with('*')) return name == pattern;
    pattern.remove_suffix(1);
    return name.starts_with(pattern) && is_plain_text(name);
  });
}

template <class Keep>
std::vector<std::string> kept_words(std::string_view text, char separator, const Keep& keep) {
  std::vector<std::string> kept;
  while (!text.empty()) {
    const auto end = text.find(separator);
    const auto word = text.substr(0, end);
    if (!word.empty() && keep(word)) kept.emplace_back(word);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return kept;
}

}  // namespace

std::vector<std::string> x86_features(std::string_view flags) {
  return kept_words(flags, ' ', [](std::string_view flag) {
    return is_listed(flag, kX86) || is_listed(flag, kX86Carryless);
  });
}

std::vector<std::string> arm_features(std::string_view features) {
  return kept_words(features, ' ', [](std::string_view name) { return is_listed(name, kArm); });
}

std::vector<std::string> riscv_features(std::string_view isa) {
  // "rv64imafdcvh_zicsr_..." (RISC-V unprivileged specification, chapter "ISA extension naming"):
  // letters after the width, then names of several letters, divided by underscores.
  std::vector<std::string> found;
  const auto underscore = isa.find('_');
  const auto base = isa.substr(0, underscore);
  if (!base.starts_with("rv32") && !base.starts_with("rv64")) return found;
  for (const char letter : base.substr(4)) {
    if (letter == 'f' || letter == 'd' || letter == 'q' || letter == 'v') {
      found.emplace_back(1, letter);
    }
  }
  if (underscore == std::string_view::npos) return found;
  constexpr std::array<std::string_view, 3> kNamed{"zv*", "zf*", "zb*"};  // vector, float, bits
  auto named = kept_words(isa.substr(underscore + 1), '_',
                          [&](std::string_view name) { return is_listed(name, kNamed); });
  found.insert(found.end(), named.begin(), named.end());
  return found;
}

}  // namespace accel::host
