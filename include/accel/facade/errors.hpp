// One Error in the error styles of the facades.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "accel/error.hpp"

namespace accel::facade {

/// The result dictionary of a failed call: {success: false, error, code, remedy, ...details}.
struct ErrorDictionary {
  bool success = false;
  std::string error;   ///< the whole text
  std::string code;    ///< "GpuNotFound"
  std::string remedy;  ///< empty when there is nothing to do
  std::vector<std::pair<std::string, std::string>> details;
};

[[nodiscard]] ErrorDictionary to_dictionary(const Error& error);

/// The exception of the facades that throw; its text is the error's.
[[nodiscard]] std::runtime_error to_runtime_error(const Error& error);

}  // namespace accel::facade
