#include "card_refresh.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "../model/card_settings.hpp"
#include "../node/mapping.hpp"
#include "../settings/write.hpp"
#include "card_faults.hpp"
#include "cards.hpp"
#include "clients.hpp"
#include "rewrite.hpp"
#include "sections.hpp"

namespace accel::sim {
namespace {

constexpr std::int64_t kTick = 100'000'000;  // ns; the model does not move in between

/// Unprintable, and no number in any base; as long as the longest file that is a number.
constexpr std::string_view kGarbage = "\x01\xFE\x7Fgarbage\xFF\x02 -1e999 \xC3\x28\n";

/// Writes files in place, so that one who has them open reads on.
class Rewritten final : public FileSink {
 public:
  Rewritten(int folder, const CardFaults& faults, bool faults_changed)
      : folder_(folder), faults_(faults), faults_changed_(faults_changed) {}
  using FileSink::put;

  void put(const std::string& name, std::string_view content) override {
    switch (faults_.spoilt(name)) {
      case CardFaults::Spoilt::missing: ::unlinkat(folder_, name.c_str(), 0); return;
      case CardFaults::Spoilt::garbage: content = spoilt(content); break;
      default:
        if (faults_.is_lost()) content = all_ones(name, content);
    }
    write(name, content);
    if (!faults_changed_) return;
    const bool readable = faults_.spoilt(name) != CardFaults::Spoilt::unreadable;
    ::fchmodat(folder_, name.c_str(), readable ? 0644 : 0, 0);
  }

 private:
  /// A table stays as long as it is.
  std::string_view spoilt(std::string_view content) {
    garbage_.clear();
    while (garbage_.size() < std::min<std::size_t>(content.size(), 4096)) garbage_ += kGarbage;
    return garbage_;
  }

  /// What a driver makes of a register of a device that is gone: 32 set bits.
  std::string_view all_ones(std::string_view name, std::string_view content) {
    if (name == "gpu_metrics") {
      garbage_.assign(content.size(), '\xFF');
      return garbage_;
    }
    const bool is_number = content.find_first_not_of("-0123456789\n") == std::string_view::npos;
    return is_number ? "4294967295\n" : content;
  }

  void write(const std::string& name, std::string_view content) const {
    const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
    int fd = ::openat(folder_, name.c_str(), flags, 0644);
    if (fd < 0 && ::fchmodat(folder_, name.c_str(), 0644, 0) == 0) {
      fd = ::openat(folder_, name.c_str(), flags, 0644);
    }
    if (fd < 0) return;
    replace_content(fd, content);
    ::close(fd);
  }

  int folder_;
  const CardFaults& faults_;
  bool faults_changed_;
  std::string garbage_;
};

}  // namespace

std::string card_folder(const Card& card, const std::string& root) {
  return root + "/sys/bus/pci/devices/" + pci_name(card);
}

Card* card_at(Node& node, std::string_view pci_address) {
  for (Card& card : cards_of(node)) {
    if (pci_name(card) == pci_address) return &card;
  }
  return nullptr;
}

void refresh_cards(Node& node, const std::string& root) {
  if (node.card_count == 0) return;
  const Lock lock(node);
  for (Card& card : cards_of(node)) refresh_card(node, card, root);
}

void refresh_card(Node& node, Card& card, const std::string& root) {
  const std::int64_t now = model_time(node);
  const CardFaults faults(node, card, now);
  const bool faults_changed = faults.fingerprint() != card.files_faults;
  if (!faults_changed && card.files_at != 0 && now - card.files_at < kTick) return;
  // The table of a GPU in a processor tells of its neighbour on the chip as well.
  for (Card& each : cards_of(node)) advance_card(node, each, now);
  const int folder = ::open(card_folder(card, root).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  const CardView view(node, card);
  Rewritten sink(folder, faults, faults_changed);
  live_files(view, sink);
  if (faults.is_lost()) sink.put("power/runtime_status", "error\n");
  if (faults_changed) {
    sink.put("config", faults.is_lost() ? std::string(256, '\xFF')
                                        : pci_config(card.gpu, view.board, view.product.pci_class));
  }
  ::close(folder);
  refresh_clients(node, card, root);
  card.files_at = now;
  card.files_faults = faults.fingerprint();
}

int write_card_file(Node& node, Card& card, const std::string& root, const std::string& name,
                    std::string_view text) {
  const std::int64_t now = model_time(node);
  const CardFaults faults(node, card, now);
  if (faults.is_lost()) return ENODEV;
  if (faults.spoilt(name) == CardFaults::Spoilt::unreadable) return EACCES;
  advance_card(node, card, now);
  const std::uint32_t partitions = card.amd.compute_partition;
  const int error = write_card(node, card, name, text);
  if (card.amd.compute_partition != partitions) rewrite_kfd(node, root);
  card.files_at = 0;
  refresh_card(node, card, root);
  return error;
}

}  // namespace accel::sim
