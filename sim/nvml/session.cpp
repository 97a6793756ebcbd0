#include "session.hpp"

#include <unistd.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "../node/environment.hpp"
#include "../node/locate.hpp"
#include "../node/open.hpp"
#include "../tree/tree.hpp"
#include "faults.hpp"

namespace accel::sim::nvml {
namespace {

struct Attached {
  std::string state_dir;
  std::unique_ptr<Mapping> mapping;
};

std::mutex mutex;
int count = 0;
std::atomic<Node*> node{nullptr};
std::atomic<int> flights{0};
std::vector<Attached>* attached_nodes = nullptr;

std::vector<Attached>& attachments() {
  if (attached_nodes == nullptr) attached_nodes = new std::vector<Attached>();
  return *attached_nodes;
}

/// At unloading and at the end of the process. Threads of the client may still run then.
__attribute__((destructor)) void release() {
  node.store(nullptr);
  if (Flight::any()) return;
  delete attached_nodes;
  attached_nodes = nullptr;
}

/// The state directory that this copy of the library belongs to, or "".
std::string own_state_dir() {
  const std::string folder = own_folder();
  const std::string parent = folder.substr(0, folder.rfind('/'));
  return ::access((parent + "/model").c_str(), F_OK) == 0 ? parent : std::string();
}

/// Reuses a mapping whose state still lives, so that repeated initialization costs nothing.
Node* reuse(const std::string& state_dir) {
  for (const Attached& attached : attachments()) {
    if (attached.state_dir != state_dir) continue;
    Node& known = attached.mapping->node();
    if (__atomic_load_n(&known.retired, __ATOMIC_ACQUIRE) == 0) return &known;
  }
  return nullptr;
}

Node* attach_to(const std::string& state_dir) {
  if (Node* known = reuse(state_dir)) return known;
  auto mapping = Mapping::open(state_dir);
  if (!mapping) return nullptr;
  attachments().push_back({state_dir, std::move(mapping)});
  return &attachments().back().mapping->node();
}

Node* attach() {
  std::string state_dir = own_state_dir();
  const std::string scenario = environment("ACCEL_SIM_NODE");
  if (state_dir.empty()) state_dir = environment("ACCEL_SIM_STATE");
  if (!state_dir.empty()) {
    if (Node* found = attach_to(state_dir)) return found;
  }
  if (scenario.empty()) return nullptr;
  OpenNode opened;
  if (open_node({.scenario = scenario}, opened)) return nullptr;
  return attach_to(opened.state_dir);
}

}  // namespace

Flight::Flight() { flights.fetch_add(1); }
Flight::~Flight() { flights.fetch_sub(1); }
bool Flight::any() { return flights.load() > 0; }

Node* current_node() { return node.load(std::memory_order_acquire); }

void follow_in_tree(Node& changed) {
  std::string root;
  {
    const std::lock_guard guard(mutex);
    for (const Attached& attached : attachments()) {
      if (&attached.mapping->node() == &changed) root = attached.state_dir + "/root";
    }
  }
  if (!root.empty()) refresh_tree(changed, root);
}

nvmlReturn_t initialize(const char* function) {
  const Flight flight;
  const std::lock_guard guard(mutex);
  Node* found = count > 0 ? current_node() : attach();
  if (found == nullptr) return NVML_ERROR_DRIVER_NOT_LOADED;
  if (count == 0) read_environment(*found);
  const Bite bite = bite_of_faults(*found, nullptr, function);
  if (bite.result != NVML_SUCCESS) return bite.result;
  node.store(found, std::memory_order_release);
  ++count;
  return NVML_SUCCESS;
}

nvmlReturn_t shut_down() {
  const std::lock_guard guard(mutex);
  if (count == 0) return NVML_ERROR_UNINITIALIZED;
  if (--count == 0) node.store(nullptr, std::memory_order_release);
  return NVML_SUCCESS;
}

}  // namespace accel::sim::nvml
