#include "backends/intel/models.hpp"

#include <algorithm>
#include <array>

namespace accel::intel {
namespace {

// clang-format off
constexpr Platform kTigerLake{"Tiger Lake", false};
constexpr Platform kRocketLake{"Rocket Lake", false};
constexpr Platform kDG1{"DG1", true};
constexpr Platform kAlderLakeS{"Alder Lake-S", false};
constexpr Platform kRaptorLakeS{"Raptor Lake-S", false};
constexpr Platform kAlderLakeP{"Alder Lake-P", false};
constexpr Platform kAlderLakeN{"Alder Lake-N", false};
constexpr Platform kRaptorLakeP{"Raptor Lake-P", false};
constexpr Platform kAlchemist{"Alchemist", true};
constexpr Platform kPonteVecchio{"Ponte Vecchio", true};
constexpr Platform kMeteorLake{"Meteor Lake", false};
constexpr Platform kArrowLake{"Arrow Lake", false};
constexpr Platform kLunarLake{"Lunar Lake", false};
constexpr Platform kBattlemage{"Battlemage", true};
constexpr Platform kPantherLake{"Panther Lake", false};
constexpr Platform kWildcatLake{"Wildcat Lake", false};
constexpr Platform kNovaLakeS{"Nova Lake-S", false};
constexpr Platform kNovaLakeP{"Nova Lake-P", false};
constexpr Platform kCrescentIsland{"Crescent Island", true};

struct Row {
  std::uint16_t device = 0;
  Model model;
};

// Ids and platforms: include/drm/intel/pciids.h, and i915_pci.c and xe_pci.c for what is a card of
// its own. Names: the device list of Intel's own runtime (compute-runtime 26.x, devices_base.inl),
// without its trade marks. Older platforms are integrated and have their names from pci.ids.
constexpr std::array kRows{
    Row{0x9a40, {"Intel Iris Xe Graphics", &kTigerLake}},
    Row{0x9a49, {"Intel Iris Xe Graphics", &kTigerLake}},
    Row{0x9a59, {"", &kTigerLake}},
    Row{0x9a60, {"Intel UHD Graphics", &kTigerLake}},
    Row{0x9a68, {"Intel UHD Graphics", &kTigerLake}},
    Row{0x9a70, {"Intel UHD Graphics", &kTigerLake}},
    Row{0x9a78, {"Intel UHD Graphics", &kTigerLake}},
    Row{0x9ac0, {"", &kTigerLake}},
    Row{0x9ac9, {"", &kTigerLake}},
    Row{0x9ad9, {"", &kTigerLake}},
    Row{0x9af8, {"", &kTigerLake}},
    Row{0x4c80, {"", &kRocketLake}},
    Row{0x4c8a, {"Intel UHD Graphics 750", &kRocketLake}},
    Row{0x4c8b, {"Intel UHD Graphics 730", &kRocketLake}},
    Row{0x4c8c, {"", &kRocketLake}},
    Row{0x4c90, {"Intel UHD Graphics P750", &kRocketLake}},
    Row{0x4c9a, {"", &kRocketLake}},
    Row{0x4905, {"Intel Iris Xe MAX Graphics", &kDG1}},
    Row{0x4906, {"", &kDG1}},
    Row{0x4907, {"Intel Server GPU SG-18M", &kDG1}},
    Row{0x4908, {"Intel Iris Xe Graphics", &kDG1}},
    Row{0x4909, {"Intel Iris Xe MAX 100 Graphics", &kDG1}},
    Row{0x4680, {"Intel UHD Graphics 770", &kAlderLakeS}},
    Row{0x4682, {"Intel UHD Graphics 730", &kAlderLakeS}},
    Row{0x4688, {"Intel UHD Graphics", &kAlderLakeS}},
    Row{0x468a, {"Intel UHD Graphics", &kAlderLakeS}},
    Row{0x468b, {"Intel UHD Graphics", &kAlderLakeS}},
    Row{0x4690, {"Intel UHD Graphics 770", &kAlderLakeS}},
    Row{0x4692, {"Intel UHD Graphics 730", &kAlderLakeS}},
    Row{0x4693, {"Intel UHD Graphics 710", &kAlderLakeS}},
    Row{0xa780, {"Intel UHD Graphics 770", &kRaptorLakeS}},
    Row{0xa781, {"", &kRaptorLakeS}},
    Row{0xa782, {"Intel UHD Graphics 730", &kRaptorLakeS}},
    Row{0xa783, {"", &kRaptorLakeS}},
    Row{0xa788, {"Intel UHD Graphics", &kRaptorLakeS}},
    Row{0xa789, {"", &kRaptorLakeS}},
    Row{0xa78a, {"Intel UHD Graphics", &kRaptorLakeS}},
    Row{0xa78b, {"Intel UHD Graphics", &kRaptorLakeS}},
    Row{0x46a0, {"", &kAlderLakeP}},
    Row{0x46a1, {"", &kAlderLakeP}},
    Row{0x46a2, {"", &kAlderLakeP}},
    Row{0x46a3, {"Intel UHD Graphics", &kAlderLakeP}},
    Row{0x46a6, {"Intel Iris Xe Graphics", &kAlderLakeP}},
    Row{0x46a8, {"Intel Iris Xe Graphics", &kAlderLakeP}},
    Row{0x46aa, {"Intel Iris Xe Graphics", &kAlderLakeP}},
    Row{0x462a, {"Intel UHD Graphics", &kAlderLakeP}},
    Row{0x4626, {"Intel UHD Graphics", &kAlderLakeP}},
    Row{0x4628, {"Intel UHD Graphics", &kAlderLakeP}},
    Row{0x46b0, {"", &kAlderLakeP}},
    Row{0x46b1, {"", &kAlderLakeP}},
    Row{0x46b2, {"", &kAlderLakeP}},
    Row{0x46b3, {"Intel UHD Graphics", &kAlderLakeP}},
    Row{0x46c0, {"", &kAlderLakeP}},
    Row{0x46c1, {"", &kAlderLakeP}},
    Row{0x46c2, {"", &kAlderLakeP}},
    Row{0x46c3, {"Intel UHD Graphics", &kAlderLakeP}},
    Row{0x46d0, {"Intel UHD Graphics", &kAlderLakeN}},
    Row{0x46d1, {"Intel UHD Graphics", &kAlderLakeN}},
    Row{0x46d2, {"Intel UHD Graphics", &kAlderLakeN}},
    Row{0x46d3, {"Intel Graphics", &kAlderLakeN}},
    Row{0x46d4, {"Intel Graphics", &kAlderLakeN}},
    Row{0xa720, {"Intel UHD Graphics", &kRaptorLakeP}},
    Row{0xa7a0, {"Intel Iris Xe Graphics", &kRaptorLakeP}},
    Row{0xa7a8, {"Intel UHD Graphics", &kRaptorLakeP}},
    Row{0xa7aa, {"Intel Graphics", &kRaptorLakeP}},
    Row{0xa7ab, {"Intel Graphics", &kRaptorLakeP}},
    Row{0xa721, {"Intel UHD Graphics", &kRaptorLakeP}},
    Row{0xa7a1, {"Intel Iris Xe Graphics", &kRaptorLakeP}},
    Row{0xa7a9, {"Intel UHD Graphics", &kRaptorLakeP}},
    Row{0xa7ac, {"Intel Graphics", &kRaptorLakeP}},
    Row{0xa7ad, {"Intel Graphics", &kRaptorLakeP}},
    Row{0x5690, {"Intel Arc A770M Graphics", &kAlchemist}},
    Row{0x5691, {"Intel Arc A730M Graphics", &kAlchemist}},
    Row{0x5692, {"Intel Arc A550M Graphics", &kAlchemist}},
    Row{0x5693, {"Intel Arc A370M Graphics", &kAlchemist}},
    Row{0x5694, {"Intel Arc A350M Graphics", &kAlchemist}},
    Row{0x5695, {"", &kAlchemist}},
    Row{0x5696, {"Intel Arc A570M Graphics", &kAlchemist}},
    Row{0x5697, {"Intel Arc A530M Graphics", &kAlchemist}},
    Row{0x56a0, {"Intel Arc A770 Graphics", &kAlchemist}},
    Row{0x56a1, {"Intel Arc A750 Graphics", &kAlchemist}},
    Row{0x56a2, {"Intel Arc A580 Graphics", &kAlchemist}},
    Row{0x56a3, {"", &kAlchemist}},
    Row{0x56a4, {"", &kAlchemist}},
    Row{0x56a5, {"Intel Arc A380 Graphics", &kAlchemist}},
    Row{0x56a6, {"Intel Arc A310 LP Graphics", &kAlchemist}},
    Row{0x56af, {"Intel Arc A760A Graphics", &kAlchemist}},
    Row{0x56b0, {"Intel Arc Pro A30M Graphics", &kAlchemist}},
    Row{0x56b1, {"Intel Arc Pro A40/A50 Graphics", &kAlchemist}},
    Row{0x56b2, {"Intel Arc Pro A60M Graphics", &kAlchemist}},
    Row{0x56b3, {"Intel Arc Pro A60 Graphics", &kAlchemist}},
    Row{0x56ba, {"Intel Arc A380E Graphics", &kAlchemist}},
    Row{0x56bb, {"Intel Arc A310E Graphics", &kAlchemist}},
    Row{0x56bc, {"Intel Arc A370E Graphics", &kAlchemist}},
    Row{0x56bd, {"Intel Arc A350E Graphics", &kAlchemist}},
    Row{0x56be, {"Intel Arc A750E Graphics", &kAlchemist}},
    Row{0x56bf, {"Intel Arc A580E Graphics", &kAlchemist}},
    Row{0x56c0, {"Intel Data Center GPU Flex 170", &kAlchemist}},
    Row{0x56c1, {"Intel Data Center GPU Flex 140", &kAlchemist}},
    Row{0x56c2, {"Intel Data Center GPU Flex 170V", &kAlchemist}},
    Row{0x0b69, {"Intel Data Center GPU Max 1450", &kPonteVecchio}},
    Row{0x0b6e, {"Intel Data Center GPU Max 1100C", &kPonteVecchio}},
    Row{0x0bd4, {"Intel Data Center GPU Max 1550VG", &kPonteVecchio}},
    Row{0x0bd5, {"Intel Data Center GPU Max 1550", &kPonteVecchio}},
    Row{0x0bd6, {"Intel Data Center GPU Max 1550", &kPonteVecchio}},
    Row{0x0bd7, {"Intel Data Center GPU Max 1350", &kPonteVecchio}},
    Row{0x0bd8, {"Intel Data Center GPU Max 1350", &kPonteVecchio}},
    Row{0x0bd9, {"Intel Data Center GPU Max 1100", &kPonteVecchio}},
    Row{0x0bda, {"Intel Data Center GPU Max 1100", &kPonteVecchio}},
    Row{0x0bdb, {"Intel Data Center GPU Max 1100", &kPonteVecchio}},
    Row{0x0be0, {"", &kPonteVecchio}},
    Row{0x0be1, {"", &kPonteVecchio}},
    Row{0x0be5, {"", &kPonteVecchio}},
    Row{0x7d40, {"Intel Graphics", &kMeteorLake}},
    Row{0x7d45, {"Intel Graphics", &kMeteorLake}},
    Row{0x7d55, {"Intel Arc Graphics", &kMeteorLake}},
    Row{0x7d60, {"", &kMeteorLake}},
    Row{0x7dd5, {"Intel Graphics", &kMeteorLake}},
    Row{0x7d41, {"Intel Graphics", &kArrowLake}},
    Row{0x7d51, {"Intel Arc Graphics", &kArrowLake}},
    Row{0x7d67, {"Intel Graphics", &kArrowLake}},
    Row{0x7dd1, {"Intel Graphics", &kArrowLake}},
    Row{0xb640, {"", &kArrowLake}},
    Row{0x6420, {"Intel Graphics", &kLunarLake}},
    Row{0x64a0, {"Intel Arc Graphics", &kLunarLake}},
    Row{0x64b0, {"Intel Graphics", &kLunarLake}},
    Row{0xe202, {"", &kBattlemage}},
    Row{0xe209, {"Intel Arc B580 Graphics", &kBattlemage}},
    Row{0xe20b, {"Intel Arc B580 Graphics", &kBattlemage}},
    Row{0xe20c, {"Intel Arc B570 Graphics", &kBattlemage}},
    Row{0xe20d, {"", &kBattlemage}},
    Row{0xe210, {"", &kBattlemage}},
    Row{0xe211, {"Intel Arc Pro B60 Graphics", &kBattlemage}},
    Row{0xe212, {"Intel Arc Pro B50 Graphics", &kBattlemage}},
    Row{0xe216, {"", &kBattlemage}},
    Row{0xe220, {"", &kBattlemage}},
    Row{0xe221, {"", &kBattlemage}},
    Row{0xe222, {"", &kBattlemage}},
    Row{0xe223, {"", &kBattlemage}},
    Row{0xb080, {"Intel Arc B390 GPU", &kPantherLake}},
    Row{0xb081, {"Intel Arc B370 GPU", &kPantherLake}},
    Row{0xb082, {"Intel Arc B390 GPU", &kPantherLake}},
    Row{0xb083, {"Intel Arc B370 GPU", &kPantherLake}},
    Row{0xb084, {"", &kPantherLake}},
    Row{0xb085, {"", &kPantherLake}},
    Row{0xb086, {"", &kPantherLake}},
    Row{0xb087, {"", &kPantherLake}},
    Row{0xb08f, {"Intel Graphics", &kPantherLake}},
    Row{0xb090, {"Intel Graphics", &kPantherLake}},
    Row{0xb0a0, {"Intel Graphics", &kPantherLake}},
    Row{0xb0b0, {"", &kPantherLake}},
    Row{0xfd80, {"", &kWildcatLake}},
    Row{0xfd81, {"", &kWildcatLake}},
    Row{0xd740, {"", &kNovaLakeS}},
    Row{0xd741, {"", &kNovaLakeS}},
    Row{0xd742, {"", &kNovaLakeS}},
    Row{0xd743, {"", &kNovaLakeS}},
    Row{0xd745, {"", &kNovaLakeS}},
    Row{0xd74a, {"", &kNovaLakeS}},
    Row{0xd74b, {"", &kNovaLakeS}},
    Row{0xd750, {"", &kNovaLakeP}},
    Row{0xd751, {"", &kNovaLakeP}},
    Row{0xd752, {"", &kNovaLakeP}},
    Row{0xd753, {"", &kNovaLakeP}},
    Row{0xd754, {"", &kNovaLakeP}},
    Row{0xd755, {"", &kNovaLakeP}},
    Row{0xd756, {"", &kNovaLakeP}},
    Row{0xd757, {"", &kNovaLakeP}},
    Row{0xd75f, {"", &kNovaLakeP}},
    Row{0x674c, {"", &kCrescentIsland}},
    Row{0x674d, {"", &kCrescentIsland}},
    Row{0x674e, {"", &kCrescentIsland}},
    Row{0x674f, {"", &kCrescentIsland}},
    Row{0x6750, {"", &kCrescentIsland}},
};
// clang-format on

}  // namespace

const Model* find_model(std::uint16_t device) {
  const auto* const found = std::ranges::find(kRows, device, &Row::device);
  return found == kRows.end() ? nullptr : &found->model;
}

}  // namespace accel::intel
