// The model of one simulated node as it lies in shared memory: header, boards, faults, GPUs.
#pragma once

#include <pthread.h>

#include <cstdint>
#include <span>
#include <string_view>

#include "board.hpp"
#include "card.hpp"
#include "event.hpp"
#include "fault.hpp"
#include "gpu.hpp"
#include "limits.hpp"
#include "text.hpp"

namespace accel::sim {

inline constexpr std::uint64_t kNodeMagic = 0x6D69732D6C636361;  // "accl-sim"

/// What the state was made from; another origin means that it has to be made again.
struct Origin {
  Text<320> scenario_file;
  std::int64_t file_time;  ///< ns
  std::uint64_t file_size;
  std::uint64_t file_inode;
  std::uint32_t gpu_count;  ///< As asked for, 0: as the scenario says
  Text<320> library;
  std::int64_t library_time;
  std::uint64_t library_size;
  Text<40> boot;  ///< Locks do not survive a reboot, so neither does the state.
};

struct ModelClock {
  std::uint32_t stopped;
  std::int64_t stopped_at;  ///< ns since 1970, while stopped
  std::int64_t offset;      ///< Added to the real time, while running
  std::int64_t started;     ///< When the scenario began
};

struct HostCounts {
  std::uint32_t sockets;
  std::uint32_t cores;    ///< per socket
  std::uint32_t threads;  ///< per core
};

/// An NVSwitch, which GPUs name as the other end of their links.
struct SwitchAddress {
  std::uint32_t domain;
  std::uint32_t bus;
  std::uint32_t device;
  std::uint32_t id;  ///< device << 16 | vendor
};

struct Node {
  std::uint64_t magic;
  std::uint32_t layout;
  std::uint32_t retired;  ///< 1: the state directory was removed or remade.
  std::uint64_t size;     ///< Bytes of the file.
  Origin origin;
  pthread_mutex_t mutex;

  Text<48> scenario;  ///< "dgx-h100" or "dgx-h100:64"
  Text<32> driver_version;
  Text<16> driver_branch;
  std::uint32_t cuda_version;  ///< major * 1000 + minor * 10
  std::uint64_t seed;
  ModelClock clock;
  HostCounts host;
  double host_load;
  std::uint64_t tree_generation;  ///< Raised by what the file tree has to follow.
  std::uint64_t tree_written;

  std::uint32_t switch_count;
  SwitchAddress switches[kMaxSwitches];

  std::uint32_t fault_count;
  Fault faults[kMaxFaults];
  EventQueue events;

  std::uint32_t board_count;
  Board boards[kMaxBoards];
  CardProduct products[kMaxCardKinds];
  std::uint32_t gpu_count;   ///< GPUs follow the node in the mapping,
  std::uint32_t card_count;  ///< and the other vendors' cards follow them.
};

constexpr std::size_t node_size(std::size_t gpus, std::size_t cards) {
  return sizeof(Node) + gpus * sizeof(Gpu) + cards * sizeof(Card);
}

inline std::span<Gpu> gpus_of(Node& node) {
  return {reinterpret_cast<Gpu*>(&node + 1), node.gpu_count};
}
inline std::span<const Gpu> gpus_of(const Node& node) {
  return {reinterpret_cast<const Gpu*>(&node + 1), node.gpu_count};
}

inline std::span<Card> cards_of(Node& node) {
  return {reinterpret_cast<Card*>(gpus_of(node).data() + node.gpu_count), node.card_count};
}
inline std::span<const Card> cards_of(const Node& node) {
  return {reinterpret_cast<const Card*>(gpus_of(node).data() + node.gpu_count), node.card_count};
}

inline const CardProduct& product_of(const Node& node, const Card& card) {
  return node.products[card.kind];
}

inline const Board& board_of(const Node& node, const Gpu& gpu) { return node.boards[gpu.board]; }

/// Model time in ns since 1970; never runs backwards for one GPU (physics.hpp).
std::int64_t model_time(const Node& node);

/// Moves the model's clock forward.
void step_clock(Node& node, std::int64_t ns);

/// The driver's number as major*10^6 + minor*10^3 + patch would be, for comparison.
std::uint64_t version_number(std::string_view version);

}  // namespace accel::sim
