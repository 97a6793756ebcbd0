// The C interface of sim.h: no exception leaves it, no output is touched on failure.

#include <accelerator/sim.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <string>

#include "node/drivers.hpp"
#include "node/locate.hpp"
#include "node/node_actions.hpp"

#define ACCEL_EXPORT __attribute__((visibility("default")))

struct accel_sim_node {
  accel::sim::OpenNode opened;
};

namespace {

using accel::sim::Fail;
using accel::sim::Problem;

accel_sim_status status_of(Fail code) {
  switch (code) {
    case Fail::none: return ACCEL_SIM_OK;
    case Fail::invalid: return ACCEL_SIM_INVALID;
    case Fail::not_found: return ACCEL_SIM_NOT_FOUND;
    case Fail::denied: return ACCEL_SIM_DENIED;
    case Fail::malformed: return ACCEL_SIM_MALFORMED;
    case Fail::io: return ACCEL_SIM_IO;
  }
  return ACCEL_SIM_IO;
}

accel_sim_status report(const Problem& problem, char* error, std::size_t size) {
  if (problem && error != nullptr && size > 0) {
    const std::size_t length = std::min(problem.text.size(), size - 1);
    std::memcpy(error, problem.text.data(), length);
    error[length] = '\0';
  }
  return status_of(problem.code);
}

/// Runs `body`, which returns a Problem, and turns whatever it throws into one.
template <class F>
accel_sim_status guarded(char* error, std::size_t size, F body) noexcept {
  try {
    return report(body(), error, size);
  } catch (const std::exception& e) {
    return report({Fail::io, e.what()}, error, size);
  } catch (...) {
    return ACCEL_SIM_IO;
  }
}

std::string text_or_empty(const char* text) { return text != nullptr ? text : ""; }

template <class F>
accel_sim_status copy_text(char* text, std::size_t* length, F make) noexcept {
  if (length == nullptr) return ACCEL_SIM_INVALID;
  try {
    const std::string made = make();
    const std::size_t room = *length;
    *length = made.size() + 1;
    if (text == nullptr || room < *length) return ACCEL_SIM_TOO_SMALL;
    std::memcpy(text, made.c_str(), *length);
    return ACCEL_SIM_OK;
  } catch (...) {
    return ACCEL_SIM_IO;
  }
}

}  // namespace

extern "C" {

ACCEL_EXPORT uint32_t accel_sim_abi_version(void) { return ACCEL_SIM_ABI_VERSION; }

ACCEL_EXPORT accel_sim_status accel_sim_open(const accel_sim_options* options,
                                             accel_sim_node** node, char* error,
                                             size_t error_size) {
  return guarded(error, error_size, [&]() -> Problem {
    if (options == nullptr || node == nullptr || options->size < sizeof *options) {
      return {Fail::invalid, "accel_sim_open: bad arguments"};
    }
    auto made = std::make_unique<accel_sim_node>();
    Problem problem = accel::sim::open_node({.scenario = text_or_empty(options->scenario),
                                             .state_dir = text_or_empty(options->state_dir),
                                             .scenario_dir = text_or_empty(options->scenario_dir)},
                                            made->opened);
    if (!problem) *node = made.release();
    return problem;
  });
}

ACCEL_EXPORT void accel_sim_close(accel_sim_node* node) { delete node; }

ACCEL_EXPORT const char* accel_sim_root(const accel_sim_node* node) {
  return node->opened.root.c_str();
}
ACCEL_EXPORT const char* accel_sim_library_dir(const accel_sim_node* node) {
  return node->opened.library_dir.c_str();
}
ACCEL_EXPORT const char* accel_sim_state_dir(const accel_sim_node* node) {
  return node->opened.state_dir.c_str();
}
ACCEL_EXPORT const char* accel_sim_scenario(const accel_sim_node* node) {
  return node->opened.scenario.c_str();
}
ACCEL_EXPORT uint32_t accel_sim_gpu_count(const accel_sim_node* node) {
  return node->opened.mapping->node().gpu_count;
}

ACCEL_EXPORT accel_sim_status accel_sim_inject(accel_sim_node* node, const char* device,
                                               const char* fault, char* error, size_t error_size) {
  return guarded(error, error_size, [&]() -> Problem {
    if (node == nullptr || fault == nullptr) return {Fail::invalid, "no fault named"};
    return accel::sim::inject(node->opened, text_or_empty(device), fault);
  });
}

ACCEL_EXPORT accel_sim_status accel_sim_clear(accel_sim_node* node, const char* device, char* error,
                                              size_t error_size) {
  return guarded(error, error_size, [&]() -> Problem {
    if (node == nullptr) return {Fail::invalid, "no node"};
    return accel::sim::clear(node->opened, text_or_empty(device));
  });
}

ACCEL_EXPORT accel_sim_status accel_sim_remove(accel_sim_node* node, char* error,
                                               size_t error_size) {
  return guarded(error, error_size, [&]() -> Problem {
    if (node == nullptr) return {Fail::invalid, "no node"};
    return accel::sim::remove(node->opened);
  });
}

ACCEL_EXPORT accel_sim_status accel_sim_step(accel_sim_node* node, uint64_t nanoseconds,
                                             char* error, size_t error_size) {
  return guarded(error, error_size, [&]() -> Problem {
    if (node == nullptr) return {Fail::invalid, "no node"};
    return accel::sim::step(node->opened, static_cast<std::int64_t>(nanoseconds));
  });
}

ACCEL_EXPORT void accel_sim_refresh(accel_sim_node* node, const char* pci_address) {
  if (node == nullptr) return;
  guarded(nullptr, 0, [&]() -> Problem {
    accel::sim::refresh(node->opened, text_or_empty(pci_address));
    return {};
  });
}

ACCEL_EXPORT int accel_sim_write(accel_sim_node* node, const char* path, const char* text,
                                 size_t length) {
  if (node == nullptr || path == nullptr || text == nullptr) return EFAULT;
  int error = EIO;
  guarded(nullptr, 0, [&]() -> Problem {
    error = accel::sim::write_setting(node->opened, path, {text, length});
    return {};
  });
  return error;
}

ACCEL_EXPORT accel_sim_status accel_sim_show(accel_sim_node* node, char* text, size_t* length) {
  if (node == nullptr) return ACCEL_SIM_INVALID;
  return copy_text(text, length, [&] { return accel::sim::show(node->opened); });
}

ACCEL_EXPORT accel_sim_status accel_sim_list(const char* scenario_dir, char* text, size_t* length) {
  return copy_text(text, length, [&] {
    using namespace accel::sim;
    return list_scenarios(scenario_dir != nullptr ? scenario_dir : scenario_folder(own_folder()));
  });
}

}  // extern "C"
