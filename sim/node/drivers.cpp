#include "drivers.hpp"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <ctime>

#include "../tree/card_faults.hpp"
#include "../tree/card_refresh.hpp"
#include "../tree/tree.hpp"
#include "environment.hpp"

namespace accel::sim {
namespace {

constexpr std::int64_t kPatience = 20'000'000;  // ns between two looks at a device that hangs

void sleep_for(std::int64_t ns) {
  timespec left{.tv_sec = ns / 1'000'000'000, .tv_nsec = ns % 1'000'000'000};
  while (::nanosleep(&left, &left) != 0 && errno == EINTR) {
  }
}

/// Waits as long as the faults on the card make it hang or slow. The lock is not held meanwhile.
void wait_for(Node& node, const Card& card) {
  std::int64_t delay = 0;
  for (bool is_hung = true; is_hung;) {
    {
      const Lock lock(node);
      const CardFaults faults(node, card, model_time(node));
      is_hung = faults.is_hung() && node.retired == 0;
      delay = faults.delay();
    }
    if (is_hung) sleep_for(kPatience);
  }
  if (delay > 0) sleep_for(delay);
}

/// 0, or the error of the path.
int real_path(const std::string& path, std::string& out) {
  char resolved[PATH_MAX];
  if (::realpath(path.c_str(), resolved) == nullptr) return errno;
  out = resolved;
  return 0;
}

/// The card below whose folder the file lies; `name` becomes its name there.
Card* card_of(Node& node, const std::string& root, const std::string& file, std::string& name) {
  for (Card& card : cards_of(node)) {
    std::string folder;
    if (real_path(card_folder(card, root), folder) != 0) continue;
    folder += '/';
    if (file.compare(0, folder.size(), folder) != 0) continue;
    name = file.substr(folder.size());
    return &card;
  }
  return nullptr;
}

}  // namespace

void refresh(OpenNode& opened, std::string_view pci_address) {
  Node& node = opened.mapping->node();
  if (pci_address.empty()) return refresh_tree(node, opened.root);
  Card* card = card_at(node, pci_address);
  if (card == nullptr) return;
  wait_for(node, *card);
  const Lock lock(node);
  count_reading(node, *card);
  refresh_card(node, *card, opened.root);
}

int write_setting(OpenNode& opened, const std::string& path, std::string_view text) {
  std::string file;
  if (const int error = real_path(path, file)) return error;
  Node& node = opened.mapping->node();
  std::string name;
  Card* card = card_of(node, opened.root, file, name);
  // Outside of the cards no file takes a setting.
  if (card == nullptr || !is_root()) return EACCES;
  wait_for(node, *card);
  const Lock lock(node);
  return write_card_file(node, *card, opened.root, name, text);
}

}  // namespace accel::sim
