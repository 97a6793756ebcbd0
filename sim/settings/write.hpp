// What happens when a value is written to a file of a card.
#pragma once

#include <string>
#include <string_view>

#include "../model/node.hpp"

namespace accel::sim {

/// The card and the values it is about.
struct Setting {
  Card& card;
  const Board& board;
  const CardProduct& product;
};

/// A file that takes values: its name ends so, and this is what the driver does. 0 or an errno.
struct SettingFile {
  std::string_view name;
  int (*take)(Setting& setting, std::string_view text);
};

/// `name` relative to the folder of the PCI function. EACCES for a file that takes nothing.
int write_card(Node& node, Card& card, std::string_view name, std::string_view text);

// By driver. EACCES where the name is none of theirs.
int write_amdgpu(Setting& setting, std::string_view name, std::string_view text);
int write_amdgpu_overdrive(Setting& setting, std::string_view name, std::string_view text);
int write_intel(Setting& setting, std::string_view name, std::string_view text);
int write_habanalabs(Setting& setting, std::string_view name, std::string_view text);

/// The file of a table that `name` is, null where it is none.
template <class Files>
const SettingFile* find_setting(const Files& files, std::string_view name) {
  for (const SettingFile& file : files) {
    const std::size_t size = file.name.size();
    if (name == file.name) return &file;
    if (name.size() > size && name.substr(name.size() - size) == file.name &&
        name[name.size() - size - 1] == '/') {
      return &file;
    }
  }
  return nullptr;
}

}  // namespace accel::sim
