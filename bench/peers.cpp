#include "peers.hpp"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <sstream>
#include <string_view>

namespace accel::bench {
namespace {

/// How a peer is asked for one report of every GPU, after which it ends.
struct Peer {
  std::string_view program;
  std::string_view argument;
};

constexpr std::array<Peer, 3> kPeers{{
    {"nvtop", "--snapshot"},    // nvtop(1), since 3.1
    {"nvidia-smi", "--query"},  // nvidia-smi(1)
    {"gpustat", "--json"},      // github.com/wookayin/gpustat
}};

std::vector<std::filesystem::path> places() {
  const char* listed = std::getenv("ACCEL_PEERS");  // NOLINT(concurrency-mt-unsafe): one thread
  std::vector<std::filesystem::path> all;
  std::stringstream rest(listed == nullptr ? "" : listed);
  for (std::string place; std::getline(rest, place, ':');) {
    if (!place.empty()) all.emplace_back(place);
  }
  return all;
}

std::string find(std::string_view program) {
  for (const auto& place : places()) {
    const auto file = place.filename() == program && !std::filesystem::is_directory(place)
                          ? place
                          : place / program;
    if (::access(file.c_str(), X_OK) == 0) return std::filesystem::absolute(file).string();
  }
  return {};
}

}  // namespace

Peers find_peers(const Place& place) {
  Peers peers;
  for (const Peer& peer : kPeers) {
    const std::string file = find(peer.program);
    if (file.empty()) {
      peers.absent.emplace_back(peer.program);
      continue;
    }
    for (const char* node : {"dgx-h100", "dgx-h100:64"}) {
      peers.found.push_back(
          {std::string(peer.program) + " " + std::string(peer.argument) + ", " + node,
           {{file, std::string(peer.argument)},
            {{"LD_LIBRARY_PATH", place.libraries.string()},
             {"ACCEL_SIM_NODE", node},
             {"ACCEL_SIM_STATE", (place.scratch / ("state-" + std::string(node))).string()}}},
           ""});
    }
  }
  return peers;
}

}  // namespace accel::bench
