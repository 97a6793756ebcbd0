// The words in which a DRM driver tells of its clients: which engine does what, which memory is the
// device's own. A table of the vendor's.
#pragma once

#include <span>
#include <string_view>

#include "accel/process.hpp"

namespace accel {

/// What an engine does; `either` draws and computes, `media` de- and encodes or improves pictures,
/// and neither tells which.
enum class EngineUse { compute, graphics, either, copying, media, encoding, decoding };

/// The words of a driver. All must live as long as the program.
struct DrmVocabulary {
  struct Engine {
    std::string_view name;  ///< engine class: "gfx"
    EngineUse use;
  };
  std::span<const std::string_view> drivers;  ///< values of drm-driver
  std::span<const Engine> engines;            ///< a class may stand here twice (VCN: both ways)
  std::span<const std::string_view> memory;   ///< regions that are the device's own memory
  /// It prints no line for an engine that a client has never used. Of other drivers, an engine
  /// without a line is one that is not counted.
  bool omits_unused = false;
  /// It counts all work of the device, so that the sum over all programs is the device's own use.
  bool counts_all_work = false;
  /// What a program is that has used no engine yet, or whose engines nobody counts.
  ProcessType otherwise = ProcessType::unknown;
};

}  // namespace accel
